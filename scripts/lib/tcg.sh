# shellcheck shell=bash
#
# tcg.sh - owns the tcg lab: a stock Debian kernel under QEMU's emulator. It
# works wherever QEMU does; times mean nothing there, counts do.

DEBIAN_DEFAULT_KERNEL=6.1

tcg_prepare() { debian_kernel "${KERNEL:-$DEBIAN_DEFAULT_KERNEL}"; }

tcg_why() {
	command -v qemu-system-x86_64 >/dev/null ||
		echo "no qemu-system-x86_64; type: scripts/deps lab"
}

# Emulated machines sometimes die in early text patching: RETRY once.
tcg_run() {
	BOOT_TIMEOUT=${LAB_BOOT_TIMEOUT:-120}
	RETRY=yes
	[ "$ICOUNT" = no ] ||
		KERNEL_ARGS+=' nokaslr norandmaps random.trust_cpu=off random.trust_bootloader=off'
	run_guest 9p
}

# With ICOUNT one nanosecond is one instruction, boot after boot the same. So the time
# stamp counter is what invtsc promises, which QEMU has to be told: then Linux and the
# module read it as they do on a real machine.
tcg_start() {
	local accel=(-cpu max -accel "tcg,thread=multi")
	[ "$ICOUNT" = no ] ||
		accel=(-cpu "max,+invtsc,x-force-features=on" -accel "tcg,thread=single" -icount "shift=0,sleep=off"
			-rtc "base=2026-01-01T00:00:00,clock=vm" -seed 1)
	qemu_start "${accel[@]}"
}
