# shellcheck shell=bash
#
# kvm.sh - owns the kvm lab: the same guest as tcg at the speed of the
# processor, and the question whether KVM really works here.
#
# /dev/kvm may exist, open and still hang or abort as soon as a guest runs.
# So the answer comes from a guest: first 512 bytes of boot sector, then, when
# that came back, a kernel. It is kept until this machine boots again.

kvm_prepare() { debian_kernel "${KERNEL:-$DEBIAN_DEFAULT_KERNEL}"; }

kvm_why() {
	local answer=$CACHE/kvm boot why
	boot=$(cat /proc/sys/kernel/random/boot_id)
	if [ ! -e /dev/kvm ]; then
		echo "no /dev/kvm"
	elif [ ! -r /dev/kvm ] || [ ! -w /dev/kvm ]; then
		echo "no access to /dev/kvm; type: adduser $(id -un) kvm, and log in again"
	elif ! command -v qemu-system-x86_64 >/dev/null; then
		echo "no qemu-system-x86_64; type: scripts/deps lab"
	else
		if [ "$(head -n1 "$answer" 2>/dev/null)" != "$boot" ]; then
			why=$(kvm_probe_sector)
			[ -n "$why" ] || why=$(kvm_probe_kernel)
			mkdir -p "$CACHE"
			printf '%s\n%s\n' "$boot" "$why" >"$answer.$$"
			mv "$answer.$$" "$answer"
		fi
		sed -n 2p "$answer"
	fi
}

# kvm_probe_sector: a boot sector that writes 0x10 to QEMU's debug exit port,
# which makes QEMU exit with 0x10 * 2 + 1.
kvm_probe_sector() {
	local sector status=0
	sector=$(mktemp)
	# mov dx,0x501; mov al,0x10; out dx,al; hlt; jmp $-1
	printf '\272\001\005\260\020\356\364\353\375' >"$sector"
	truncate -s 510 "$sector"
	printf '\125\252' >>"$sector"
	timeout -s KILL 5 qemu-system-x86_64 -machine q35 -accel kvm -cpu host -m 64 \
		-nodefaults -no-user-config -no-reboot -display none \
		-device isa-debug-exit,iobase=0x501,iosize=1 \
		-drive file="$sector",format=raw,if=ide,index=0,snapshot=on \
		</dev/null >/dev/null 2>&1 || status=$?
	rm -f "$sector"
	case $status in
	33) ;;
	137) echo "/dev/kvm is there, but a guest of 512 bytes hangs" ;;
	*) echo "/dev/kvm is there, but a guest of 512 bytes dies (QEMU: $status)" ;;
	esac
}

kvm_probe_kernel() {
	local dir status=0
	dir=$(mktemp -d)
	(kvm_prepare) || { echo "no kernel to try it with"; return; }
	kvm_prepare
	make_initrd "$dir/initrd"
	timeout -s KILL 10 qemu-system-x86_64 -machine q35 -accel kvm -cpu host -m 512 -smp 2 \
		-nodefaults -no-user-config -no-reboot -display none -serial file:"$dir/console" \
		-kernel "$KERNEL_IMAGE" -initrd "$dir/initrd" \
		-append "console=ttyS0 panic=-1 quiet lab.probe" </dev/null >/dev/null 2>&1 || status=$?
	[ "$status" -eq 0 ] && grep -q 'guest-boot: alive' "$dir/console" ||
		echo "/dev/kvm is there, but a Linux guest does not boot within 10 s (QEMU: $status)"
	rm -rf "$dir"
}

kvm_run() {
	BOOT_TIMEOUT=${LAB_BOOT_TIMEOUT:-60}
	RETRY=no
	run_guest 9p
}

kvm_start() { qemu_start -cpu host -accel kvm; }
