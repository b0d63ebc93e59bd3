// The page as data: what an answer makes of it, and how it stands with what is on its way.

/** The page that an answer tells of: whole, or what has changed of the one that was shown. */
export function merged(base, { page, change }) {
  if (page) return page;
  if (change.base !== base.stamp) return null;
  const { base: _, changed_lines: lines, changed_findings: findings, order, ...rest } = change;
  const next = { ...base, ...rest };
  if (lines?.length) {
    next.lines = [...next.lines];
    for (const [at, line] of lines) next.lines[at] = line;
  }
  const byId = new Map(base.findings.map((one) => [one.id, one]));
  for (const one of findings) byId.set(one.id, one);
  next.findings = (order ?? base.findings.map((one) => one.id)).map((id) => byId.get(id));
  return next;
}

const SETTLED = { accept: "accepted", reject: "rejected", edit: "edited" };

/** The page as it will stand when these requests are on record, as far as that can be told here. */
export function foreseen(base, requests) {
  if (!requests.length) return base;
  const data = { ...base, findings: [...base.findings], lines: [...base.lines] };
  for (const { body, kind, key } of requests) {
    if (kind === "decisions") for (const one of body.decisions) decide(data, one);
    else if (kind === "seen") for (const one of body.lines) pass(data, one);
    else if (kind === "texts" && key !== undefined) write(data, key, body);
  }
  return data;
}

function decide(data, { finding: id, verdict, after }) {
  const at = data.findings.findIndex((one) => one.id === id);
  if (at < 0) return;
  const one = data.findings[at];
  if (verdict === "withdraw") {
    data.findings[at] = { ...one, outcome: "open", todo: true, waits: true, mine: null };
    return say(data, one, one.proposed ?? one.original);
  }
  const second = one.people > 1 && verdict !== "reject";
  const outcome = one.flag && verdict === "accept" ? "acknowledged" : SETTLED[verdict];
  data.findings[at] = { ...one, outcome: second ? "second" : outcome, todo: false, waits: second, mine: { verdict, after } };
  if (verdict === "reject") say(data, one, one.original);
  else if (verdict === "edit") say(data, one, after);
  else if (one.proposed !== null) say(data, one, one.proposed);
}

/** Let the run of a finding say something else. */
function say(data, { id, line: at }, text) {
  const line = data.lines[at];
  const first = line?.runs.findIndex(([, key]) => key === id) ?? -1;
  if (first < 0) return;
  const runs = line.runs.flatMap(([words, key], index) => (index === first ? [[text, key]] : key === id ? [] : [[words, key]]));
  data.lines[at] = { ...line, runs, text: runs.map(([words]) => words).join(""), seen: false };
}

function pass(data, { key, was }) {
  const at = data.lines.findIndex((one) => one.key === key && one.text === was);
  if (at >= 0) data.lines[at] = { ...data.lines[at], seen: true, hurried: false };
}

function write(data, key, { kind, text }) {
  const at = data.lines.findIndex((one) => one.key === key);
  if (at < 0 || !["line", "strike"].includes(kind)) return;
  data.lines[at] = { ...data.lines[at], text, runs: text ? [[text, ""]] : [], unsure: [], others: [], seen: false };
}

/** The findings of a line, in order of place. */
export const findingsOn = (data, line) => data.findings.filter((one) => one.line === line);

/** The first finding of a line that is open for this person. */
export const openOn = (data, line) => findingsOn(data, line).find((one) => one.todo) ?? null;

export const SURE = 0.99;

/** The findings of a line that may be accepted together: open, one person's, and almost certain. */
export const sureOn = (data, line) => findingsOn(data, line).filter(
  (one) => one.todo && !one.flag && one.people === 1 && one.confidence >= SURE && one.outcome === "open",
);

/** The finding that is open for this person and comes next, going round the page from a line and a finding on it. */
export function nextOpen(data, line, current) {
  const at = data.findings.findIndex((one) => one.id === current);
  if (at >= 0) return round(data.findings, at).find((one) => one.todo) ?? null;
  const first = data.findings.findIndex((one) => one.line >= line);
  return round(data.findings, first < 0 ? -1 : first - 1).find((one) => one.todo) ?? null;
}

const round = (list, at) => [...list.slice(at + 1), ...list.slice(0, Math.max(at, 0))];

/** The open finding that the rules are least sure of; flags, which propose nothing, first. */
export function leastSure(data, current) {
  const open = data.findings.filter((one) => one.todo && one.id !== current);
  return open.toSorted((one, other) => (one.confidence ?? 0) - (other.confidence ?? 0))[0] ?? null;
}

/** Where a finding stands among those that are to do, or among all. */
export function positionOf(data, one) {
  const open = data.findings.filter((each) => each.todo);
  if (one?.todo) return `${open.indexOf(one) + 1}/${open.length}`;
  return `${data.findings.indexOf(one) + 1}/${data.findings.length}`;
}
