"""Work in a process that may hang or die: on a GPU, a barrier that is never signalled takes its process with it."""

import json
import multiprocessing
import os
import select
import signal


def child(work):
    """Starts `work(say)` in a process of its own, where `say` sends a value as JSON; returns its id and the pipe to read."""
    read, write = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(read)
            with os.fdopen(write, "w") as pipe:
                work(lambda value: print(json.dumps(value), file=pipe, flush=True))
        finally:
            os._exit(0)
    os.close(write)
    return process, read


def answers(process, read, patience):
    """What a child says, value by value, until it ends or says nothing for `patience` seconds. It is dead then."""
    pending = b""
    try:
        while select.select([read], [], [], patience)[0]:
            data = os.read(read, 1 << 16)
            if not data:
                return
            *lines, pending = (pending + data).split(b"\n")
            yield from map(json.loads, lines)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(read)


def each(items, work, patience):
    """Yields (item, row) for every item, where the row is the dictionary that `work(item)` returns.

    One process goes from item to item. If it dies, says nothing for `patience` seconds or raises, its item gets a row with the key
    "failed", and a new process goes on after it: nothing that a failure leaves behind reaches the next item.
    """
    left = list(items)

    def go(say):
        for item in left:
            try:
                say(work(item))
            except Exception as error:
                say({"failed": f"{type(error).__name__}: {error}"[:300]})
                return

    while left:
        lost = True
        for row in answers(*child(go), patience):
            yield left.pop(0), row
            lost = bool(left) and "failed" not in row
            if "failed" in row:
                break
        if lost:
            yield left.pop(0), {"failed": f"died, or no answer in {patience:g} s (a hang)"}


def compile_first(work, tasks, processes, patience=240):
    """Calls `work(*task)` for every task in so many processes, so that what they compile is in a cache on disk. A failure is printed:
    whoever measures the task meets it again."""
    with multiprocessing.get_context("spawn").Pool(processes, maxtasksperchild=1) as pool:
        for task, found in [(task, pool.apply_async(work, task)) for task in tasks]:
            try:
                found.get(patience)
            except Exception as error:
                print(f"warming {task[:2]}: {type(error).__name__}: {error}"[:300], flush=True)
