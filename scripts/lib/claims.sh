# shellcheck shell=bash
#
# claims.sh - what a study says will come out, and whether it did
#
#	SCRIPTS		the folder scripts
#
# A study states its claims, in words and as rules over its results (claims.jq), and
# the sentence and the picture that "make answers" makes of them. A file NAME.claims
# holds all of it as JSON.

CLAIMS=() ANSWER='' PICTURE=null

# claim ID WORDS RULE...
claim() {
	CLAIMS+=("$(jq -nc --arg id "$1" --arg words "$2" '{$id, $words, rules: $ARGS.positional}' --args "${@:3}")")
}

# published ID VALUE WORDS RULE...: a claim that others made, who measured VALUE.
published() {
	claim "$1" "${@:3}"
	CLAIMS[-1]=$(jq -c --arg value "$2" '.published = $value' <<<"${CLAIMS[-1]}")
}

# answer TEXT: the sentence. {ID} is the number of the first rule of a claim, {ID.2} that
# of its second; {ID?A|B|C|D} is A if the claim is CONFIRMED, C if it hangs on something, which
# {ID!} is, else B if it is REFUTED, else D, or C where there is no D. {ID:TEXT} is TEXT with the
# number in place of #, or nothing where there is no number.
answer() { ANSWER=$1; }

# picture TITLE LABEL-OF-X LABEL-OF-Y X Y [LOG [WHERE]]: X and Y as in a rule, LOG of x, y, xy
# or -, WHERE like that of a rule.
picture() {
	PICTURE=$(jq -nc --arg title "$1" --arg xlabel "$2" --arg ylabel "$3" --arg x "$4" --arg y "$5" \
		--arg log "${6:--}" --arg where "${7-}" '{$title, $xlabel, $ylabel, $x, $y, $log, $where}')
}

# claims_spec QUESTION: what was stated, as JSON.
claims_spec() {
	printf '%s\n' "${CLAIMS[@]}" |
		jq -sc --arg question "$1" --arg answer "$ANSWER" --argjson picture "$PICTURE" \
			'{$question, $answer, $picture, claims: .}'
}

# claims_judge SPEC RESULT...: its claims with their verdicts, as JSON.
claims_judge() {
	jq -n --argjson claims "$(jq -c .claims "$1")" -f "$SCRIPTS/lib/claims.jq" "${@:2}"
}

# claims_text: of judged claims on stdin, for people.
claims_text() {
	local head line
	jq -r '.[] | "\(.verdict)|\(.words)", (.rules[] | "|  \(.text)   \(.rule)\(
		if .verdict == "UNDECIDED" then " - \(.why)" elif .hangs then " - it hangs on \(.hangs)" else "" end)")' |
		while IFS='|' read -r head line; do
			printf '%s\n' "$line" | fold -s -w 86 |
				sed "1s/^/$(printf '%-11s' "$head")/; 2,\$s/^/             /; s/ *\$//"
		done
}
