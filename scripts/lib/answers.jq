# answers.jq - the page of scripts/answers: five questions, five sentences
#
# usage: jq -nr --arg format md|html|text -f answers.jq PAGE
#
# PAGE is {title, about: [text], questions: [{name, question, answer, claims, svg}],
# labs: [{lab, what, lines}]}: claims are judged by claims.jq, svg is the name of a file
# beside the page, and in svg_text its text.

# sentence: the answer with the numbers and words of its claims in place of {ID}.
def sentence:
  (.claims | map({key: .id, value: .}) | from_entries) as $by |
  def known($id): $by[$id] // error("no claim '\($id)' in the answer of \(.name)");
  def short($id; $nth): known($id).rules[($nth // ".1")[1:] | tonumber - 1].short;
  . as $q | .answer |
  gsub("\\{(?<id>[a-z0-9-]+)(?<nth>[.][0-9])?:(?<with>[^}]*)\\}"; . as $m | $q | short($m.id; $m.nth) |
    if . == "-" then "" else . as $number | $m.with | gsub("#"; $number) end) |
  gsub("\\{(?<id>[a-z0-9-]+)(?<nth>[.][0-9]|!)?\\}"; . as $m | $q | known($m.id) |
    if $m.nth == "!" then .hangs else ($q | short($m.id; $m.nth)) end) |
  gsub("\\{(?<id>[a-z0-9-]+)[?](?<yes>[^|}]*)[|](?<no>[^|}]*)[|](?<hangs>[^|}]*)([|](?<open>[^|}]*))?\\}"; . as $m | $q | known($m.id) |
    if .verdict == "CONFIRMED" then $m.yes elif .hangs != "" then $m.hangs
    elif .verdict == "REFUTED" then $m.no else $m.open // $m.hangs end);

def because: if .verdict == "UNDECIDED" then .why elif .hangs then "it hangs on \(.hangs)" else "" end;

def escaped: gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
def cell: gsub("\\|"; "\\|");

def tally: map(.claims[]) | "\(length) claims: \(map(select(.verdict == "CONFIRMED")) | length) confirmed, " +
  "\(map(select(.verdict == "REFUTED")) | length) refuted, \(map(select(.verdict == "UNDECIDED")) | length) undecided.";

# rows: of the table of claims: a row for each rule, with what belongs to the claim in the
# first; what others published has a column if any has it.
def shows_published: any(.questions[].claims[]; .published);
def titles: ["claim"] + (if shows_published then ["published"] else [] end) + ["verdict", "measured", "rule"];
def rows: shows_published as $published | .questions[] | .name as $name | (.claims | length > 0 and (.[0].published | not)) as $named |
  .claims[] | . as $c | .rules | to_entries[] | (.key == 0) as $first |
  def once: if $first then . else "" end;
  {verdict: $c.verdict, cells: ([(if $named then "\($name): \($c.words)" else $c.words end | once)] +
    (if $published then [($c.published // "" | once)] else [] end) +
    [($c.verdict | once), .value.text, "\(.value.rule)\(.value | because | if . != "" then ". \(.)" else "" end)"])};

def named: if .answer == "" then .question else "\(.name): \(.question)" end;

def text: .title, "", (.questions[] | named, "  \(sentence)", ""), (.questions | tally);

def md:
  "# \(.title)", "", (.about[] | ., ""),
  (.questions[] | "## \(named)", "", (if .answer != "" then sentence, "" else empty end), (if .svg then "![\(.question)](\(.svg))", "" else empty end)),
  "## The claims", "", "\(.questions | tally) Each is judged by its rules, over all runs.", "",
  "| \(titles | join(" | ")) |", "|\(titles | map("---|") | join(""))", (rows | .cells | map(cell) | "| \(join(" | ")) |"),
  "", "## The certificate", "", (.labs[] | "**\(.lab)**: \(.what)", "", (.lines[] | "- \(.)"), "");

def style: "body{font:16px/1.5 sans-serif;max-width:60em;margin:1em auto;padding:0 1em;color:#222;background:#fff}" +
  "h2{font-size:1.15em;margin:1.6em 0 .3em}table{border-collapse:collapse;width:100%;font-size:.85em}" +
  "td,th{border-top:1px solid #ccc;padding:.3em .5em;text-align:left;vertical-align:top}code{overflow-wrap:anywhere}" +
  ".answer{font-size:1.1em}tr.CONFIRMED{background:#f1faf1}tr.REFUTED{background:#fdf0f0}tr.UNDECIDED{background:#fbf7ea}" +
  "svg{width:100%;height:auto;max-width:46em}.wide{overflow-x:auto}";

def html:
  "<!DOCTYPE html>", "<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
  "<title>\(.title | escaped)</title><style>\(style)</style></head><body>", "<h1>\(.title | escaped)</h1>",
  (.about[] | "<p>\(escaped)</p>"),
  (.questions[] | "<h2 id=\"\(.name)\">\(named | escaped)</h2>", (if .answer != "" then "<p class=\"answer\">\(sentence | escaped)</p>" else empty end), (.svg_text // empty)),
  "<h2 id=\"claims\">The claims</h2>", "<p>\(.questions | tally) Each is judged by its rules, over all runs.</p>",
  "<div class=\"wide\"><table><tr>\(titles | map("<th>\(.)") | join(""))</tr>",
  (rows | "<tr class=\"\(.verdict)\">\(.cells | map("<td>\(escaped)") | join(""))</tr>"),
  "</table></div>", "<h2 id=\"certificate\">The certificate</h2>",
  (.labs[] | "<p><b>\(.lab | escaped)</b>: \(.what | escaped)</p>", "<ul>", (.lines[] | "<li>\(escaped)"), "</ul>"),
  "</body></html>";

input | if $format == "html" then html elif $format == "md" then md else text end
