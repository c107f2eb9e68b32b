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
  . as $q | .answer |
  gsub("\\{(?<id>[a-z0-9-]+)(?<nth>[.][0-9])?\\}"; . as $m | $q | known($m.id) | .rules[($m.nth // ".1")[1:] | tonumber - 1].text) |
  gsub("\\{(?<id>[a-z0-9-]+)[?](?<yes>[^|}]*)[|](?<no>[^|}]*)[|](?<open>[^|}]*)\\}"; . as $m | $q | known($m.id) |
    if .verdict == "CONFIRMED" then $m.yes elif .verdict == "REFUTED" then $m.no else $m.open end);

def because: if .verdict == "UNDECIDED" then .why elif .hangs then "it hangs on \(.hangs)" else "" end;

def escaped: gsub("&"; "&amp;") | gsub("<"; "&lt;") | gsub(">"; "&gt;");
def cell: gsub("\\|"; "\\|");

def tally: map(.claims[]) | "\(length) claims: \(map(select(.verdict == "CONFIRMED")) | length) confirmed, " +
  "\(map(select(.verdict == "REFUTED")) | length) refuted, \(map(select(.verdict == "UNDECIDED")) | length) undecided.";

def text: .title, "", (.questions[] | "\(.name): \(.question)", "  \(sentence)", ""), (.questions | tally);

def md:
  "# \(.title)", "", (.about[] | ., ""),
  (.questions[] | "## \(.name): \(.question)", "", sentence, "", (if .svg then "![\(.question)](\(.svg))", "" else empty end)),
  "## The claims", "", "\(.questions | tally) Each is judged by the rules below it, over all runs.", "",
  "| claim | verdict | measured | rule |", "|---|---|---|---|",
  (.questions[] | .name as $name | .claims[] | . as $c | .rules | to_entries[] |
    [(if .key == 0 then "\($name): \($c.words)" else "" end), (if .key == 0 then $c.verdict else "" end), .value.text,
     "\(.value.rule)\(.value | because | if . != "" then ". \(.)" else "" end)"] | map(cell) | "| \(join(" | ")) |"),
  "", "## The certificate", "", (.labs[] | "**\(.lab)**: \(.what)", "", (.lines[] | "- \(.)"), "");

def style: "body{font:16px/1.5 sans-serif;max-width:60em;margin:1em auto;padding:0 1em;color:#222;background:#fff}" +
  "h2{font-size:1.15em;margin:1.6em 0 .3em}table{border-collapse:collapse;width:100%;font-size:.85em}" +
  "td,th{border-top:1px solid #ccc;padding:.3em .5em;text-align:left;vertical-align:top}code{overflow-wrap:anywhere}" +
  ".answer{font-size:1.1em}.CONFIRMED{color:#060}.REFUTED{color:#a00}.UNDECIDED{color:#850}" +
  "svg{width:100%;height:auto;max-width:46em}.wide{overflow-x:auto}";

def html:
  "<!DOCTYPE html>", "<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">",
  "<title>\(.title | escaped)</title><style>\(style)</style></head><body>", "<h1>\(.title | escaped)</h1>",
  (.about[] | "<p>\(escaped)</p>"),
  (.questions[] | "<h2 id=\"\(.name)\">\(.name): \(.question | escaped)</h2>", "<p class=\"answer\">\(sentence | escaped)</p>", (.svg_text // empty)),
  "<h2 id=\"claims\">The claims</h2>", "<p>\(.questions | tally) Each is judged by its rules, over all runs.</p>",
  "<div class=\"wide\"><table><tr><th>claim<th>verdict<th>measured<th>rule</tr>",
  (.questions[] | .name as $name | .claims[] | . as $c | .rules | to_entries[] |
    "<tr><td>\(if .key == 0 then "\($name): \($c.words)" else "" end | escaped)<td class=\"\($c.verdict)\">\(if .key == 0 then $c.verdict else "" end)" +
    "<td>\(.value.text | escaped)<td><code>\(.value.rule | escaped)</code> \(.value | because | escaped)</tr>"),
  "</table></div>", "<h2 id=\"certificate\">The certificate</h2>",
  (.labs[] | "<p><b>\(.lab | escaped)</b>: \(.what | escaped)</p>", "<ul>", (.lines[] | "<li>\(escaped)"), "</ul>"),
  "</body></html>";

input | if $format == "html" then html elif $format == "md" then md else text end
