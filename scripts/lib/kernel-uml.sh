# shellcheck shell=bash
#
# kernel-uml.sh - owns the User Mode Linux kernel: what it is built from
# (kernel-build.sh does that), with one patch, see its head.
#
# K is 7.3, or 7.3-NAME for kconfig/uml.config plus kconfig/uml-NAME.config.
# KSRC=/path (folder or tarball) replaces the package and needs no network.

UML_SERIES=7.3
UML_SUITE=trixie-backports
UML_PATCH=$SCRIPTS/kconfig/uml-sched-clock.patch

uml_fragments() {
	local k=$1 name=
	[ "$k" = "${k#*-}" ] || name=-${k#*-}
	echo "$SCRIPTS/kconfig/uml.config"
	[ -z "$name" ] || echo "$SCRIPTS/kconfig/uml$name.config"
}

# uml_kernel K: make it available, set KERNEL_*.
uml_kernel() {
	local k=$1 fragment version
	[ "${k%%-*}" = "$UML_SERIES" ] ||
		die "$EX_USAGE" "no kernel '$k' for uml" "there is: $UML_SERIES (or KSRC=/path/to/source)"
	mapfile -t BUILD_FRAGMENTS < <(uml_fragments "$k")
	for fragment in "${BUILD_FRAGMENTS[@]}"; do
		[ -r "$fragment" ] || die "$EX_USAGE" "no kernel '$k' for uml: no $fragment"
	done
	if [ -n "${KSRC:-}" ]; then
		[ -e "$KSRC" ] || cannot "KSRC=$KSRC does not exist"
		BUILD_SOURCE=$KSRC
		version=$(uml_ksrc_version) || exit
	else
		BUILD_SOURCE=$(source_deb "$UML_SERIES" "$UML_SUITE") || exit
		version=$(source_version "$BUILD_SOURCE")
	fi
	BUILD_ID=uml-$version-$(build_hash "$version" "${BUILD_FRAGMENTS[@]}" "$UML_PATCH")
	BUILD_NAME='User Mode Linux' BUILD_ARCH=um BUILD_STEPS=1100
	BUILD_PATCH=$UML_PATCH BUILD_PREPARE='' BUILD_KEEP=uml_keep BUILD_MAKE=()
	build_kernel
	KERNEL_ID=$BUILD_ID
	KERNEL_DIR=$CACHE/kernel/$KERNEL_ID
	KERNEL_RELEASE=$(cat "$KERNEL_DIR/release")
	KERNEL_IMAGE=$KERNEL_DIR/linux
	KERNEL_BUILD=$KERNEL_DIR/tree
	KERNEL_MAKE=(ARCH=um)
}

uml_ksrc_version() {
	if [ -d "$KSRC" ]; then
		{ realpath "$KSRC"; cat "$KSRC/Makefile"; } | hash_of
	else
		sha256sum <"$KSRC" | cut -c1-12
	fi
}

# uml_keep TREE NEW: the kernel and what module builds need.
uml_keep() {
	must cp "$1/linux" "$2/linux"
	must strip --strip-debug "$2/linux"
	build_keep "$1" "$2" arch/um arch/x86/Makefile* arch/x86/include arch/x86/um arch/x86/entry/syscalls
}
