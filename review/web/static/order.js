// In which order a page's findings are looked at.

/** Where a finding stands among those that are to do, or among all. */
export function positionOf(data, one) {
  const open = data.findings.filter((each) => each.todo);
  if (one?.todo) return `${open.indexOf(one) + 1}/${open.length}`;
  return `${data.findings.indexOf(one) + 1}/${data.findings.length}`;
}

/** The next finding that is open for this person, going round the page. */
export function nextOpen(data, current) {
  const at = data.findings.findIndex((one) => one.id === current);
  const round = [...data.findings.slice(at + 1), ...data.findings.slice(0, Math.max(at, 0))];
  return round.find((one) => one.todo) ?? null;
}

/** The open finding that the rules are least sure of; flags, which propose nothing, first. */
export function leastSure(data, current) {
  const open = data.findings.filter((one) => one.todo && one.id !== current);
  return open.toSorted((one, other) => (one.confidence ?? 0) - (other.confidence ?? 0))[0] ?? null;
}
