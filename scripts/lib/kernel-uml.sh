# shellcheck shell=bash
#
# kernel-uml.sh - owns the User Mode Linux kernel: fetched as source, built
# once, cached by what it was made from.
#
#	$CACHE/kernel/uml-VERSION-HASH/	HASH: fragments, source, compiler
#		(one patch, see its head, goes onto the source)
#		release linux tree/	tree: what module builds need, no more
#	$CACHE/build/uml-VERSION-HASH/	a build under way; continued when it
#					was interrupted
#	$CACHE/source/*.deb		kept: another fragment needs it again
#
# K is 7.3, or 7.3-NAME for kconfig/uml.config plus kconfig/uml-NAME.config.
# KSRC=/path (folder or tarball) replaces the package and needs no network.

UML_SERIES=7.3
UML_SUITE=trixie-backports
UML_PATCH=$SCRIPTS/kconfig/uml-sched-clock.patch
UML_STEPS=1100	# lines of a build, for the percentage only

uml_fragments() {
	local k=$1 name=
	[ "$k" = "${k#*-}" ] || name=-${k#*-}
	echo "$SCRIPTS/kconfig/uml.config"
	[ -z "$name" ] || echo "$SCRIPTS/kconfig/uml$name.config"
}

# uml_kernel K: make it available, set KERNEL_*.
uml_kernel() {
	local k=$1 fragment fragments=() version deb=
	[ "${k%%-*}" = "$UML_SERIES" ] ||
		die "$EX_USAGE" "no kernel '$k' for uml" "there is: $UML_SERIES (or KSRC=/path/to/source)"
	mapfile -t fragments < <(uml_fragments "$k")
	for fragment in "${fragments[@]}"; do
		[ -r "$fragment" ] || die "$EX_USAGE" "no kernel '$k' for uml: no $fragment"
	done
	if [ -n "${KSRC:-}" ]; then
		[ -e "$KSRC" ] || cannot "KSRC=$KSRC does not exist"
		version=$(uml_ksrc_version) || exit
	else
		deb=$(uml_deb) || exit
		version=${deb##*/}
		version=${version#*_}
		version=${version%_all.deb}
	fi
	KERNEL_ID=uml-$version-$({ echo "$version"; gcc --version; grep -hv '^#' "${fragments[@]}" "$UML_PATCH"; } | hash_of)
	KERNEL_DIR=$CACHE/kernel/$KERNEL_ID
	[ -e "$KERNEL_DIR/release" ] ||
		with_lock "$KERNEL_ID" uml_build "$KERNEL_ID" "${KSRC:-$deb}" "${fragments[@]}" || exit
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

# uml_deb: path of the source package; one that is there is good enough,
# --refresh looks for a newer one.
uml_deb() {
	local deb
	deb=$(compgen -G "$CACHE/source/linux-source-${UML_SERIES}_*.deb" | sort -V | tail -n1) || true
	if [ -z "$deb" ] || [ -n "${REFRESH:-}" ]; then
		need lab apt-get dpkg-deb
		with_lock source uml_fetch || exit
		deb=$(compgen -G "$CACHE/source/linux-source-${UML_SERIES}_*.deb" | sort -V | tail -n1)
	fi
	echo "$deb"
}

uml_fetch() {
	local package=linux-source-$UML_SERIES new=$CACHE/source/.new
	apt_open "$UML_SUITE"
	[ -n "$(apt_version "$package")" ] ||
		cannot "no $package in $UML_SUITE" \
			"fetch Linux source >= 6.19 yourself and type: KSRC=/path/to/it scripts/lab uml"
	rm -rf "$new"
	apt_fetch "$new" "$package"
	must mv "$new/$package"_*.deb "$CACHE/source/"
	rm -rf "$new"
}

uml_build() {
	local id=$1 source=$2 tree=$CACHE/build/$1 log=$CACHE/build/$1.log jobs
	shift 2
	[ ! -e "$CACHE/kernel/$id/release" ] || return 0
	need lab gcc make flex bison bc xz rsync patch
	say "building a User Mode Linux kernel: once, 2 to 5 minutes on two processors"
	if [ ! -e "$tree/.unpacked" ]; then
		rm -rf "$tree"
		must mkdir -p "$tree"
		say "unpacking the source"
		must uml_unpack "$source" "$tree"
		quietly "$log" patch -d "$tree" -p1 -i "$UML_PATCH" ||
			cannot "the source does not take $UML_PATCH (above)"
		touch "$tree/.unpacked"
	fi
	quietly "$log" uml_configure "$tree" "$@" || cannot "cannot configure the kernel (above)"
	jobs=$(nproc)
	if ! nice -n 5 make -C "$tree" ARCH=um -j"$jobs" 2>&1 | tee "$log" | progress 'uml kernel' "$UML_STEPS"; then
		grep -E -B2 -A6 'error:|Error [0-9]' "$log" | tail -n 60 >&2
		cannot "the kernel did not build (above; all of it in $log)"
	fi
	uml_keep "$tree" "$CACHE/kernel/.new-$id"
	rm -rf "$CACHE/kernel/${id:?}"
	must mv -T "$CACHE/kernel/.new-$id" "$CACHE/kernel/$id"
	rm -rf "$tree" "$log"
	say "kernel ready: $CACHE/kernel/$id ($(du -sh "$CACHE/kernel/$id" | cut -f1))"
}

# uml_unpack SOURCE TREE: Debian's package, a tarball, or a folder.
uml_unpack() {
	local skip=(--exclude='*/boot/dts' --exclude='*/drivers/gpu/drm/amd/include/*')
	case $1 in
	*.deb)
		dpkg-deb --fsys-tarfile "$1" | tar -xO --wildcards '*/linux-source-*.tar.xz' |
			xz -dc -T0 | tar -x -C "$2" --strip-components=1 --wildcards "${skip[@]}"
		;;
	*.tar*) tar -x -f "$1" -C "$2" --strip-components=1 --wildcards "${skip[@]}" ;;
	*) rsync -a --exclude=.git "$1/" "$2/" && make -C "$2" ARCH=um mrproper >/dev/null ;;
	esac
}

# uml_configure TREE FRAGMENT...: tinyconfig plus the fragments, every line of
# which must be there afterwards: Kconfig drops what it does not like without
# a word. A later fragment may overrule an earlier one.
uml_configure() {
	local tree=$1 line symbol lost=0
	shift
	cd "$tree" && make ARCH=um tinyconfig &&
		ARCH=um scripts/kconfig/merge_config.sh -m .config "$@" &&
		make ARCH=um olddefconfig || return
	while IFS= read -r line; do
		symbol=${line%%=*}
		case $line in
		*=n) ! grep -q "^$symbol=" .config || { echo "wanted $line"; lost=1; } ;;
		*) grep -qxF -- "$line" .config || { echo "wanted $line"; lost=1; } ;;
		esac
	done < <(cat "$@" | awk -F= '/^CONFIG_/ { v[$1] = $0 } END { for (s in v) print v[s] }')
	return "$lost"
}

# uml_keep TREE NEW: the kernel and what module builds need.
uml_keep() {
	local tree=$1 new=$2
	rm -rf "$new"
	must mkdir -p "$new/tree"
	must cp "$tree/linux" "$new/linux"
	must strip --strip-debug "$new/linux"
	(cd "$tree" && must rsync -a --relative --prune-empty-dirs \
		--exclude='*.o' --exclude='*.a' --exclude='.*.cmd' --exclude=/include/dt-bindings \
		Makefile .config Module.symvers include scripts \
		arch/um arch/x86/Makefile* arch/x86/include arch/x86/um arch/x86/entry/syscalls \
		"$new/tree/") || exit
	must cp "$tree/include/config/kernel.release" "$new/release"
}
