"""What the tests of the backend share."""

import threading

import torch

from flashlight.torch import dynamo


def compiled(function, dynamic=None, rest="aot_eager", **options):
    """The function through the backend. Every region is compared with eager on its first call."""
    return torch.compile(function, backend="flashlight", dynamic=dynamic, options={"rest": rest, "verify": True, **options})


def reports():
    """What became of the graphs since the last call."""
    found = list(dynamo._LAST)
    dynamo._LAST.clear()
    return found


def fused():
    """How many regions became operators since the last call, per graph."""
    return [len(report.fused) for report in reports()]


def gradients(function, arguments):
    """Gradients of a sum of squares, of the arguments and of the parameters."""
    leaves = [tensor.detach().clone().requires_grad_(tensor.is_floating_point()) for tensor in arguments]
    parameters = list(function.parameters()) if isinstance(function, torch.nn.Module) else []
    for parameter in parameters:
        parameter.grad = None
    function(*leaves).square().sum().backward()
    return [leaf.grad for leaf in [*leaves, *parameters] if leaf.grad is not None]


def on_threads(work, count=8):
    """What failed where `work(number)` runs on so many threads at once."""
    failures = []

    def guarded(number):
        try:
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(count)]
    [thread.start() for thread in threads]
    [thread.join(timeout=120) for thread in threads]
    return failures + [thread for thread in threads if thread.is_alive()]
