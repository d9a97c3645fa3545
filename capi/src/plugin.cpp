// The part of the pass plugin that MLIR's C API has no words for: passes with typed options that a textual pipeline knows
// by name. What they do, and which there are, is in plugin.rs.

#include "mlir-c/IR.h"
#include "mlir-c/RegisterEverything.h"
#include "mlir/CAPI/IR.h"
#include "mlir/CAPI/Registration.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassRegistry.h"

extern "C" {
// As in plugin.rs.
enum FlashlightOptionKind : uint32_t { kText, kSwitch, kNumber };

struct FlashlightOption {
  const char *name;
  const char *summary;
  const char *initial;
  FlashlightOptionKind kind;
};

struct FlashlightPass {
  const char *argument;
  const char *name;
  const char *summary;
  const FlashlightOption *options;
  size_t optionCount;
};

using FlashlightRemark = void (*)(void *op, const char *file, size_t line, size_t column, const char *text);
using FlashlightPrepare = bool (*)(MlirContext context);
using FlashlightRun = bool (*)(size_t pass, MlirOperation op, const char *const *values, FlashlightRemark remark,
                               void *context);
}

namespace {
using namespace mlir;

void remark(void *op, const char *file, size_t line, size_t column, const char *text) {
  auto *operation = static_cast<Operation *>(op);
  Location location = UnknownLoc::get(operation->getContext());
  if (*file)
    location = FileLineColLoc::get(operation->getContext(), file, line, column);
  emitRemark(location) << text;
}

class FlashlightPassShell : public Pass {
public:
  FlashlightPassShell(size_t index, const FlashlightPass &pass, TypeID id, FlashlightPrepare prepare,
                      FlashlightRun run)
      : Pass(id, ModuleOp::getOperationName()), index(index), pass(pass), prepare(prepare), run(run) {
    for (size_t at = 0; at < pass.optionCount; ++at) {
      const FlashlightOption &option = pass.options[at];
      llvm::StringRef initial(option.initial);
      llvm::cl::desc summary(option.summary);
      switch (option.kind) {
      case kText:
        texts.push_back(std::make_unique<Option<std::string>>(*this, option.name, summary,
                                                              llvm::cl::init(initial.str())));
        readers.push_back([own = texts.back().get()] { return own->getValue(); });
        break;
      case kSwitch:
        switches.push_back(
            std::make_unique<Option<bool>>(*this, option.name, summary, llvm::cl::init(initial == "true")));
        readers.push_back([own = switches.back().get()] { return std::string(own->getValue() ? "true" : "false"); });
        break;
      case kNumber: {
        int64_t number = 0;
        initial.getAsInteger(10, number);
        numbers.push_back(
            std::make_unique<Option<int64_t>>(*this, option.name, summary, llvm::cl::init(number)));
        readers.push_back([own = numbers.back().get()] { return std::to_string(own->getValue()); });
        break;
      }
      }
    }
  }

  llvm::StringRef getName() const override { return pass.name; }
  llvm::StringRef getArgument() const override { return pass.argument; }
  llvm::StringRef getDescription() const override { return pass.summary; }

  // A pass may make operations of whatever dialect the pipeline uses.
  void getDependentDialects(DialectRegistry &registry) const override { mlirRegisterAllDialects(wrap(&registry)); }

  LogicalResult initialize(MLIRContext *context) override { return success(prepare(wrap(context))); }

  bool canScheduleOn(RegisteredOperationName name) const override {
    return name.getStringRef() == ModuleOp::getOperationName();
  }

  void runOnOperation() override {
    std::vector<std::string> values;
    for (const auto &read : readers)
      values.push_back(read());
    std::vector<const char *> pointers;
    for (const std::string &value : values)
      pointers.push_back(value.c_str());
    if (!run(index, wrap(getOperation()), pointers.data(), remark, getOperation()))
      signalPassFailure();
  }

protected:
  std::unique_ptr<Pass> clonePass() const override {
    return std::make_unique<FlashlightPassShell>(index, pass, getTypeID(), prepare, run);
  }

private:
  size_t index;
  const FlashlightPass &pass;
  FlashlightPrepare prepare;
  FlashlightRun run;
  std::vector<std::unique_ptr<Option<std::string>>> texts;
  std::vector<std::unique_ptr<Option<bool>>> switches;
  std::vector<std::unique_ptr<Option<int64_t>>> numbers;
  std::vector<std::function<std::string()>> readers;
};
} // namespace

// Registers passes, which are never freed, as `run` runs them.
extern "C" void flashlight_register_passes(const FlashlightPass *passes, size_t count, FlashlightPrepare prepare,
                                           FlashlightRun run) {
  static TypeIDAllocator ids;
  for (size_t index = 0; index < count; ++index) {
    TypeID id = ids.allocate();
    registerPass([=, &pass = passes[index]]() -> std::unique_ptr<Pass> {
      return std::make_unique<FlashlightPassShell>(index, pass, id, prepare, run);
    });
  }
}
