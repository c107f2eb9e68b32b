#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Completion for bash: every word it offers comes from tokctl. Output: TAP.
#
#   tests/cli/cli_completion.sh TOKCTL FAKEMOD
#
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/../lib.sh"

userctl=$(realpath "$(dirname "$0")/../..")
completion=$userctl/tokctl.bash-completion
mkdir "$work/bin"
{
	echo "#!/bin/bash"
	printf 'exec env'
	printf ' %q' "${environment[@]}" "$tokctl"
	# shellcheck disable=SC2016 # expanded by the script
	echo ' "$@"'
} >"$work/bin/tokctl"
chmod +x "$work/bin/tokctl"
PATH=$work/bin:$PATH

# offers WORD...: what is offered in place of the last one, on one line.
offers() {
	bash -c '. "$1" || exit
		function=$(complete -p tokctl | sed "s/.*-F \([^ ]*\).*/\1/")
		shift
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		"$function" tokctl
		echo "${COMPREPLY[*]}"' sh "$completion" tokctl "$@" 2>&1
}

# offered WANTED WORD...
offered() {
	local wanted=$1
	shift
	is "offered for '$*'" "$(offers "$@")" "$wanted"
}

bash -n "$completion" || problem "it does not parse"
tok --help
commands=$(sed -n 's/^  \([a-z]*\)  *[a-z].*/\1/p' "$out" | grep -v tokctl | paste -sd' ')
[ "$(wc -w <<<"$commands")" -ge 4 ] || problem "commands: $commands"
offered "$commands --version --help" ''
offered run ru
offered '--version' --v
offered '' frob
result "commands"

for command in $commands; do
	tok "$command" --help=all
	options=$(grep -oE '^  (-., |    )--[a-z-]+' "$out" | sed 's/.*--/--/' | paste -sd' ')
	offered "$options" "$command" --
done
offered --hold-dist run --hold-
offered "--hold --hold-dist" run -l mutex --dry-run --hol
offered '' frob --
result "the options of every command"

offered "none broken token-poll token-ipi token-handoff mutex ww-die percpu-rwsem spinlock mute all tokens" run -l ''
offered "mutex mute" run --lock mu
offered "mutex mute" run --lock = mu
offered "token-poll token-ipi token-handoff tokens" run --lock = tok
offered "mutex,token-poll mutex,token-ipi mutex,token-handoff mutex,tokens" run -l mutex,tok
offered "mutex mute" run -l none --reference mu
for words in "all" "tokens" "mutex,spinlock"; do
	tok run -l "$words" "${quick[@]}" --dry-run
	is_rc 0
done
result "locks: those of the loaded module, and the words for many"

mv "$root" "$work/elsewhere"
offered "all tokens" run -l ''
offered run ru
mv "$work/elsewhere" "$root"
result "without a module: no locks, but everything else"

offered "same opposite random" run --order ''
offered "same,opposite same,random" run --order = same,
offered "uniform" run --pick u
offered "off faithful" run --collisions ''
offered "table json csv csv-long md" run -f ''
offered "json" list --format = j
offered "jain jain-hold" run --columns ja
offered "all" run --columns al
offered "ops,p50" run --columns ops,p5
offered "lock" show --sort lo
offered '' run --hold ''
offered '' run --cpus ''
result "words of parameters and formats"

offered "locks params" list ''
offered "verdict" show ver
touch "$work/one.json" "$work/two.json"
offered "$work/one.json" run -o "$work/on"
offered "$work/two.json" show --input = "$work/tw"
result "arguments of commands, and files"

# A word that tokctl learns is offered without a change of the completion.
mv "$work/bin/tokctl" "$work/bin/real"
cat >"$work/bin/tokctl" <<'END'
#!/bin/bash
[ "$1" = --help ] && echo '  juggle   throw locks into the air'
[ "$1 $2" = "juggle --help=all" ] && printf 'Usage: tokctl juggle [OPTION...] [left|right] FILE\n\n      --hand=WORD            the hand (left, right; default left)\n'
END
chmod +x "$work/bin/tokctl"
offered juggle j
offered --hand juggle --
offered "left right" juggle --hand ''
mkdir "$work/empty"
cd "$work/empty" || exit
offered left juggle l
offered "$work/one.json" juggle "$work/on"
result "nothing is written twice"

make -s -C "$userctl" -n install PREFIX=/p DESTDIR=/d BIN=true >"$work/install"
has "$work/install" "tokctl.bash-completion /d/p/share/bash-completion/completions/tokctl"
result "it is installed where bash looks for it"

plan
