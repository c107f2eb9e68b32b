# shellcheck shell=bash
#
# sim-source.sh - owns what is changed in the source of User Mode Linux beyond
# uml-source.sh for the lab "sim": its CPUs become coroutines in virtual time, and
# each access to memory is reported to a model of caches.
#
#	module/sim, module/pure		the model			-> arch/um/os-Linux/sim
#	scripts/sim/smp.c		CPUs, interrupts, timers	-> in place of smp.c, time.c
#	scripts/sim/hooks.c		accesses			-> in place of kernel/kcsan
#
# All else are single lines.

SIM_FILES=$SCRIPTS/sim

# sim_inputs: all files that decide what the kernel is. The list of machines does not:
# a machine is data, given at boot.
sim_inputs() {
	printf '%s\n' "$SCRIPTS"/lib/sim-source.sh "$SIM_FILES"/*.[ch] "$SIM_FILES/kcsan.mk" \
		"$REPO"/module/sim/{machine,line,order,wait}.[ch] "$REPO"/module/pure/{pure,rng}.h
}

# sim_source TREE: called with the unpacked source.
sim_source() {
	local tree=$1 um=$1/arch/um file
	uml_source "$tree"

	# The model, and the CPUs.
	must mkdir -p "$um/os-Linux/sim/pure"
	must cp "$REPO"/module/sim/{machine,line,order,wait}.[ch] "$SIM_FILES"/{cpus.h,access.c} "$um/os-Linux/sim/"
	must cp "$REPO"/module/pure/{pure,rng}.h "$um/os-Linux/sim/pure/"
	echo "#define SIM_HASH \"$(mapfile -t files < <(sim_inputs) && cat "${files[@]}" | hash_of)\"" >"$um/os-Linux/sim/hash.h"
	must cp "$SIM_FILES/smp.c" "$um/os-Linux/smp.c"
	echo '/* See smp.c. */' >"$um/os-Linux/time.c"
	must cp "$SIM_FILES/uml_sim.h" "$um/include/shared/uml_sim.h"
	for file in 'process.c:void os_alarm_process(int pid)' \
		'process.c:int os_futex_wait(void *uaddr, unsigned int val)' \
		'process.c:int os_futex_wake(void *uaddr)' \
		'file.c:int os_set_fd_async(int fd)' \
		'../drivers/chan_user.c:int generic_write(int fd, const __u8 *buf, size_t n, void *unused)' \
		'util.c:ssize_t os_getrandom(void *buf, size_t len, unsigned int flags)'; do
		source_weak "$um/os-Linux/${file%%:*}" "${file#*:}"
	done
	# A handler runs on the one signal stack that there is: no CPU is switched there.
	source_insert "$um/os-Linux/signal.c" $'\t(*handlers[sig])(sig, (struct siginfo *)si, mc);' \
		$'\t{ extern void sim_enter_host(void); sim_enter_host(); }'
	source_insert "$um/os-Linux/signal.c" $'\terrno = save_errno;' \
		$'\t{ extern void sim_leave_host(void); sim_leave_host(); }'

	# Accesses to memory. The scheduler's count, too.
	must cp "$SIM_FILES/hooks.c" "$tree/kernel/kcsan/hooks.c"
	must cp "$SIM_FILES/kcsan.mk" "$tree/kernel/kcsan/Makefile"
	source_insert "$um/Kconfig" $'\tselect HAVE_ARCH_KASAN if X86_64' $'\tselect HAVE_ARCH_KCSAN if X86_64'
	source_insert "$um/Kconfig" 'config NR_CPUS_RANGE_END' $'config UML_SIM\n\tdef_bool y\n'
	source_insert "$um/Kconfig" $'\tdefault 64' $'\tdefault 512 if SMP'
	source_delete "$tree/kernel/sched/Makefile" 'KCSAN_SANITIZE := n'
	source_delete "$tree/kernel/Makefile" 'KCSAN_SANITIZE_softirq.o = n'
	# This file is the host's, and takes READ_ONCE() from the kernel.
	source_insert "$um/os-Linux/skas/process.c" '#include <stdlib.h>' '#undef CONFIG_KCSAN'

	# What takes time without an access.
	source_insert "$tree/arch/x86/um/asm/processor.h" 'static __always_inline void cpu_relax(void)' \
		$'#include <uml_sim.h>\n#define cpu_relax() uml_sim_relax()\nstatic __always_inline void native_cpu_relax(void)'
	source_delete "$tree/arch/x86/um/asm/processor.h" 'static __always_inline void cpu_relax(void)'
	source_insert "$tree/arch/x86/um/asm/barrier.h" '#include <asm/barrier_tso.h>' '#include <asm/barrier_wait.h>'
	must cp "$SIM_FILES/barrier-wait.h" "$tree/arch/x86/um/asm/barrier_wait.h"
	source_weak "$tree/arch/x86/um/delay.c" 'void __delay(unsigned long loops)'
	source_insert "$um/kernel/process.c" $'\tswitch_threads(&from->thread.switch_buf, &to->thread.switch_buf);' \
		$'\t{ extern void uml_sim_switch(void); uml_sim_switch(); }'
}
