# shellcheck shell=bash
#
# uml.sh - owns the uml lab: a kernel that is an ordinary process, one host
# thread for each of its CPUs, no privileges.
#
# The guest's root is the host's through hostfs, mounted read-only. That is
# order, not security: root in the guest has the caller's power over files.

uml_prepare() { uml_kernel "$KERNEL"; }

# uml_why: why this lab cannot work here; nothing when it can.
uml_why() {
	[ "$(uname -m)" = x86_64 ] || echo "this machine is not x86-64"
}

uml_run() {
	BOOT_TIMEOUT=${LAB_BOOT_TIMEOUT:-60}
	RETRY=no
	run_guest hostfs
}

uml_start() {
	local memory_dir=/dev/shm free name fd idle=() consoles=()
	# The guest's memory is a sparse file; a container's /dev/shm may be
	# too small for it, which would show as a SIGBUS later.
	free=$(df --output=avail -m /dev/shm 2>/dev/null | tail -n1)
	[ "${free:-0}" -ge "$MEM" ] || memory_dir=$RUN
	# A console is an input and an output. The inputs are pipes into which
	# nobody writes: UML cannot wait for /dev/null, and says so each time.
	for name in console stdout stderr status; do
		mkfifo "$RUN/idle"
		exec {fd}<>"$RUN/idle"
		rm -f "$RUN/idle"
		consoles+=("con${#idle[@]}=fd:$fd,fd:${WRITE[$name]}")
		idle+=("$fd")
	done
	mkdir -p "$RUN/uml"
	ulimit -c 0
	# shellcheck disable=SC2086 # APPEND is a list of words
	(cd "$RUN" && TMPDIR=$memory_dir exec setsid setpriv --pdeathsig KILL "$KERNEL_IMAGE" \
		mem="${MEM}M" ncpus="$CPUS" seccomp=on initrd=initrd \
		uml_dir=uml/ umid=lab noreboot con=null "${consoles[@]}" console=tty0 \
		$KERNEL_ARGS lab.run="${RUN_SEEN:-$RUN}" ${RUN_SEEN:+lab.here} lab.share=hostfs $APPEND) \
		</dev/null >"${BOOTLOG:-$RUN/boot.log}" 2>&1 &
	GUEST=$!
	for fd in "${idle[@]}"; do
		exec {fd}>&-
	done
}
