# shellcheck shell=bash
#
# sim.sh - owns the sim lab: Linux on a simulated machine of 2 to 512 CPUs, in
# virtual time; a process of one thread, no privileges.
#
# The guest is User Mode Linux as in uml.sh. The machine is data that the process
# finds in its environment.

# The kernel is built for as many.
SIM_CPUS=512

# sim_options: what was typed, checked before anything is built.
sim_options() {
	[ "$CPUS" -ge 2 ] && [ "$CPUS" -le "$SIM_CPUS" ] ||
		bad_usage "--cpus $CPUS: sim has 2 to $SIM_CPUS processors"
	SIM_MACHINE=$(sim_machine "${SIM_MACHINE:-milan128}") || exit
	: "${SIM_SEED:=1}"
}

sim_prepare() {
	UML_KIND=sim
	uml_kernel "$KERNEL"
}

sim_why() { uml_why; }

sim_run() {
	BOOT_TIMEOUT=${LAB_BOOT_TIMEOUT:-120}
	RETRY=no
	# The run's folders have names of their own in each run; in the guest they do not.
	RUN_SEEN=/tokbench-run OUT_SEEN=/tokbench-out
	ln -s "$OUT" "$RUN/out"
	export TOKBENCH_SIM_MACHINE=$SIM_MACHINE TOKBENCH_SIM_SEED=$SIM_SEED
	# One loop of __delay() is a nanosecond: nothing is left to calibrate.
	APPEND="lpj=10000000 random.trust_bootloader=on $APPEND"
	run_guest hostfs
}

sim_start() { uml_start; }
