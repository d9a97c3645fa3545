//! Targets of LLVM that nothing here generates code for.
//!
//! MLIR's libraries register every target that LLVM was built with, which would link all of their code generators. Here are
//! functions of the same names that do nothing: the linker takes these, and leaves the targets out.

/// Defines the functions by which a target is registered, as far as there are any.
macro_rules! leave_out {
    ($($name:ident)*) => {
        $(
            // SAFETY: the only definition that is linked of a function without arguments or results.
            #[unsafe(no_mangle)]
            extern "C" fn $name() {}
        )*
    };
}

leave_out! {
    LLVMInitializeAMDGPUTarget LLVMInitializeAMDGPUTargetInfo LLVMInitializeAMDGPUTargetMC LLVMInitializeAMDGPUAsmParser LLVMInitializeAMDGPUAsmPrinter
    LLVMInitializeARMTarget LLVMInitializeARMTargetInfo LLVMInitializeARMTargetMC
    LLVMInitializeAVRTarget LLVMInitializeAVRTargetInfo LLVMInitializeAVRTargetMC
    LLVMInitializeBPFTarget LLVMInitializeBPFTargetInfo LLVMInitializeBPFTargetMC
    LLVMInitializeHexagonTarget LLVMInitializeHexagonTargetInfo LLVMInitializeHexagonTargetMC
    LLVMInitializeLanaiTarget LLVMInitializeLanaiTargetInfo LLVMInitializeLanaiTargetMC
    LLVMInitializeLoongArchTarget LLVMInitializeLoongArchTargetInfo LLVMInitializeLoongArchTargetMC
    LLVMInitializeM68kTarget LLVMInitializeM68kTargetInfo LLVMInitializeM68kTargetMC
    LLVMInitializeMSP430Target LLVMInitializeMSP430TargetInfo LLVMInitializeMSP430TargetMC
    LLVMInitializeMipsTarget LLVMInitializeMipsTargetInfo LLVMInitializeMipsTargetMC
    LLVMInitializePowerPCTarget LLVMInitializePowerPCTargetInfo LLVMInitializePowerPCTargetMC
    LLVMInitializeRISCVTarget LLVMInitializeRISCVTargetInfo LLVMInitializeRISCVTargetMC
    LLVMInitializeSPIRVTarget LLVMInitializeSPIRVTargetInfo LLVMInitializeSPIRVTargetMC LLVMInitializeSPIRVAsmPrinter
    LLVMInitializeSparcTarget LLVMInitializeSparcTargetInfo LLVMInitializeSparcTargetMC
    LLVMInitializeSystemZTarget LLVMInitializeSystemZTargetInfo LLVMInitializeSystemZTargetMC
    LLVMInitializeVETarget LLVMInitializeVETargetInfo LLVMInitializeVETargetMC
    LLVMInitializeWebAssemblyTarget LLVMInitializeWebAssemblyTargetInfo LLVMInitializeWebAssemblyTargetMC
    LLVMInitializeXCoreTarget LLVMInitializeXCoreTargetInfo LLVMInitializeXCoreTargetMC
    LLVMInitializeXtensaTarget LLVMInitializeXtensaTargetInfo LLVMInitializeXtensaTargetMC
}

#[cfg(not(target_arch = "aarch64"))]
leave_out! { LLVMInitializeAArch64Target LLVMInitializeAArch64TargetInfo LLVMInitializeAArch64TargetMC }

#[cfg(not(target_arch = "x86_64"))]
leave_out! { LLVMInitializeX86Target LLVMInitializeX86TargetInfo LLVMInitializeX86TargetMC }
