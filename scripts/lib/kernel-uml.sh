# shellcheck shell=bash
#
# kernel-uml.sh - owns the User Mode Linux kernel: what it is built from
# (kernel-build.sh does that); what is changed in the source, uml-source.sh says.
#
# K is empty, SERIES, NAME or SERIES-NAME. SERIES is like 7.3. Without one it is
# the newest that is in the cache, and if none is, the newest that a suite of
# Debian carries and that takes our changes. NAME stands for a variant:
# kconfig/uml.config plus kconfig/uml-NAME.config.
# KSRC=/path (folder or tarball) replaces the package and needs no network.

# uml, or sim: sim-source.sh says what is different there.
UML_KIND=uml

# User Mode Linux has SMP from here on.
UML_OLDEST=6.19

# uml_names: the variants.
uml_names() { (cd "$SCRIPTS/kconfig" && printf '%s\n' uml-*.config) | sed 's/^uml-//; s/\.config$//' | paste -sd' '; }

# uml_parse K: sets UML_SERIES and UML_NAME, each may be empty.
uml_parse() {
	local usage
	usage="there are: SERIES, NAME, SERIES-NAME; SERIES is $UML_OLDEST or later, NAME one of: $(uml_names)"
	UML_SERIES='' UML_NAME=''
	case $1 in
	'') ;;
	[0-9]*-*) UML_SERIES=${1%%-*} UML_NAME=${1#*-} ;;
	[0-9]*) UML_SERIES=$1 ;;
	*) UML_NAME=$1 ;;
	esac
	[[ $UML_SERIES =~ ^([0-9]+\.[0-9]+)?$ && " $(uml_names)  " == *" $UML_NAME "* && $1 != *- ]] ||
		die "$EX_USAGE" "no kernel '$1' for uml" "$usage"
	[ -n "$UML_SERIES" ] || return 0
	at_least "$UML_SERIES" "$UML_OLDEST" ||
		die "$EX_USAGE" "no kernel '$1' for uml: Linux $UML_SERIES has one processor there" "$usage"
	[ -z "${KSRC:-}" ] ||
		die "$EX_USAGE" "KSRC=$KSRC says what is built, --kernel $1 cannot choose another series" "$usage"
}

# uml_kernel K: make it available, set KERNEL_*.
uml_kernel() {
	local version
	uml_parse "$1"
	BUILD_FRAGMENTS=("$SCRIPTS/kconfig/uml.config")
	[ "$UML_KIND" != sim ] || BUILD_FRAGMENTS+=("$SCRIPTS/kconfig/sim.config")
	[ -z "$UML_NAME" ] || BUILD_FRAGMENTS+=("$SCRIPTS/kconfig/uml-$UML_NAME.config")
	BUILD_NAME='User Mode Linux' BUILD_ARCH=um BUILD_STEPS=1100
	BUILD_PREPARE=${UML_KIND}_source BUILD_KEEP=uml_keep BUILD_MAKE=()
	if [ -n "${KSRC:-}" ]; then
		[ -e "$KSRC" ] || cannot "KSRC=$KSRC does not exist"
		version=$(uml_ksrc_version) || exit
		BUILD_SOURCE=$KSRC BUILD_ID=$(uml_id "$version")
		build_kernel
	else
		uml_from_cache || uml_from_debian
	fi
	KERNEL_ID=$BUILD_ID
	KERNEL_DIR=$CACHE/kernel/$KERNEL_ID
	KERNEL_RELEASE=$(cat "$KERNEL_DIR/release")
	KERNEL_IMAGE=$KERNEL_DIR/linux
	KERNEL_BUILD=$KERNEL_DIR/tree
	KERNEL_MAKE=(ARCH=um)
}

uml_id() {
	local inputs=("$SCRIPTS/lib/uml-source.sh" "$UML_BARRIERS")
	[ "$UML_KIND" != sim ] || mapfile -t -O 2 inputs < <(sim_inputs)
	echo "$UML_KIND-$1-$(build_hash "$1" "${BUILD_FRAGMENTS[@]}" "${inputs[@]}")"
}

# uml_build VERSION: of Debian's package, which is here if the kernel is not. It
# fails where the source does not fit and another series may.
uml_build() {
	local status=0 series
	series=$(series_of "$1")
	BUILD_ID=$(uml_id "$1")
	BUILD_SOURCE=$CACHE/source/linux-source-${series}_${1}_all.deb
	build_try || status=$?
	[ "$status" -ne 0 ] || return 0
	[ "$status" -eq "$EX_UNFIT" ] || exit "$status"
	[ -z "$UML_SERIES" ] || cannot "Linux $series does not fit (above)" \
		"choose another series with --kernel, or a source with KSRC="
	must touch "$CACHE/source/unfit-$BUILD_ID"
	warn "Linux $series does not fit (above); trying an older one"
	return 1
}

uml_from_cache() {
	local version
	[ -z "${REFRESH:-}" ] || return
	while version=$(uml_cached) && [ -n "$version" ]; do
		! uml_build "$version" || return 0
	done
	return 1
}

# uml_cached: the newest version of UML_SERIES that needs no network: a kernel, or
# a source that was not found unfit.
uml_cached() {
	local path version
	{
		for path in "$CACHE/kernel/$UML_KIND"-*/release; do
			path=${path%/release}
			version=${path##*/"$UML_KIND"-}
			version=${version%-*}
			[ "${path##*/}" != "$(uml_id "$version")" ] || echo "$version"
		done
		for path in "$CACHE/source"/linux-source-*.deb; do
			version=$(source_version "$path")
			[ -z "$UML_SERIES" ] && [ -e "$CACHE/source/unfit-$(uml_id "$version")" ] || echo "$version"
		done
	} | while IFS= read -r version; do
		[[ $version =~ ^[0-9]+\.[0-9]+\. ]] && at_least "$(series_of "$version")" "$UML_OLDEST" || continue
		[ -n "$UML_SERIES" ] && [ "$(series_of "$version")" != "$UML_SERIES" ] || echo "$version"
	done | sort -V | tail -n1
}

uml_from_debian() {
	local found series version suite
	found=$(source_search "${UML_SERIES:-$UML_OLDEST}" "$UML_SERIES") || exit
	while read -r series version suite; do
		[ -n "$series" ] || break
		say "uml takes Linux $series, linux-source-$series $version of $suite"
		[ -e "$CACHE/source/linux-source-${series}_${version}_all.deb" ] ||
			with_lock source source_fetch "$series" "$suite" || exit
		! uml_build "$version" || return 0
	done <<<"$found"
	cannot "none of these suites has a source of Linux ${UML_SERIES:-$UML_OLDEST or later} that fits: $(source_suites)" \
		"fetch one yourself and type: KSRC=/path/to/it scripts/lab uml"
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
