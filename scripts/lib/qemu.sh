# shellcheck shell=bash
#
# qemu.sh - owns the virtual machine that tcg and kvm share: a stock Debian
# kernel, the host's root over 9p, channels over virtio-serial.

# qemu_start ACCELERATION...: see run.sh for what a start owes. The channels
# are pipes; append=on keeps QEMU from truncating them, which pipes refuse.
qemu_start() {
	need lab qemu-system-x86_64 setsid setpriv
	# multidevs=remap: without it the guest's mounts on /proc, /sys and
	# /dev vanish, because several host file systems share inode numbers.
	# shellcheck disable=SC2086 # APPEND is a list of words
	setsid setpriv --pdeathsig KILL qemu-system-x86_64 \
		-name guest,debug-threads=on -machine q35 -nodefaults -no-user-config -no-reboot -display none \
		-m "$MEM" -smp "$CPUS" "$@" \
		-kernel "$KERNEL_IMAGE" -initrd "$RUN/initrd" \
		-append "console=ttyS0 tsc=reliable $KERNEL_ARGS lab.run=$RUN lab.share=9p $APPEND" \
		-chardev file,id=console,path=/dev/fdset/4,append=on -serial chardev:console \
		-add-fd fd="${WRITE[stdout]}",set=1 -add-fd fd="${WRITE[stderr]}",set=2 \
		-add-fd fd="${WRITE[status]}",set=3 -add-fd fd="${WRITE[console]}",set=4 \
		-device virtio-serial-pci \
		-chardev file,id=out,path=/dev/fdset/1,append=on -device virtserialport,chardev=out,name=lab.stdout \
		-chardev file,id=err,path=/dev/fdset/2,append=on -device virtserialport,chardev=err,name=lab.stderr \
		-chardev file,id=status,path=/dev/fdset/3,append=on -device virtserialport,chardev=status,name=lab.status \
		-virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
		-virtfs local,path="$OUT",mount_tag=out,security_model=none,multidevs=remap \
		</dev/null >"$RUN/boot.log" 2>&1 &
	GUEST=$!
}
