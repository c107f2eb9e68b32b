# shellcheck shell=bash
#
# kernel-debug.sh - owns the kernels for the virtual machines that find bugs at
# run time (kernel-build.sh builds them).
#
# K is 6.1-kasan or 6.12-kcsan: SERIES-NAME, made of kconfig/machine.config and
# kconfig/NAME-SERIES.config.

DEBUG_KERNELS='6.1-kasan 6.12-kcsan'

# What Linux itself synchronises with. KCSAN has to see the barriers in there,
# or it takes what they order for races.
KCSAN_BARRIERS='kernel kernel/locking kernel/rcu kernel/sched kernel/time lib'

is_debug_kernel() { case " $DEBUG_KERNELS " in *" $1 "*) return 0 ;; esac; return 1; }

# debug_kernel K: make it available, set KERNEL_*.
debug_kernel() {
	local series=${1%-*} name=${1#*-} suites version
	suites=$(debian_suites "$series") || exit
	BUILD_FRAGMENTS=("$SCRIPTS/kconfig/machine.config" "$SCRIPTS/kconfig/$name-$series.config")
	BUILD_SOURCE=$(source_deb "$series" "$suites") || exit
	version=$(source_version "$BUILD_SOURCE")
	BUILD_ID=$name-$version-$(build_hash "$version" "${BUILD_FRAGMENTS[@]}" <(debug_extras "$name" && echo "$KCSAN_BARRIERS"))
	BUILD_NAME=$1 BUILD_ARCH=x86 BUILD_STEPS=1800
	BUILD_PREPARE='' BUILD_KEEP=debug_keep
	mapfile -t BUILD_MAKE < <(debug_extras "$name")
	[ "$name" != kcsan ] || BUILD_PREPARE=kcsan_barriers
	build_kernel
	KERNEL_ID=$BUILD_ID
	KERNEL_DIR=$CACHE/kernel/$KERNEL_ID
	KERNEL_RELEASE=$(cat "$KERNEL_DIR/release")
	KERNEL_IMAGE=$KERNEL_DIR/bzImage
	KERNEL_BUILD=$KERNEL_DIR/tree
	KERNEL_MAKE=()
}

# debug_extras NAME: words for make. In all of Linux KCSAN would find so much
# that the little that is ours drowns. So only modules are instrumented: they are
# built without this word.
debug_extras() { [ "$1" != kcsan ] || echo KCSAN_SANITIZE=n; }

# kcsan_barriers TREE
kcsan_barriers() {
	local dir
	for dir in $KCSAN_BARRIERS; do
		printf '\nKCSAN_INSTRUMENT_BARRIERS := y\n' >>"$1/$dir/Makefile" || return
	done
}

# debug_keep TREE NEW: the kernel and what module builds need.
debug_keep() {
	must cp "$1/arch/x86/boot/bzImage" "$2/bzImage"
	must cp "$1/System.map" "$2/System.map"
	local more=()
	[ ! -e "$1/tools/objtool/objtool" ] || more=(tools/objtool/objtool)
	build_keep "$1" "$2" arch/x86/Makefile* arch/x86/include arch/x86/entry/syscalls "${more[@]}"
}
