// The one form of a line, as kit/rich/tidying.py has it. Works on runs: { text, strong, em, href }, { note }, { ref, words } and BREAK.
export const BREAK = { isBreak: true };

// Signs that nobody sees, which the server takes away (kit/canonical.py); alone in a footnote they would be none.
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;

// Words as one line of so many signs.
export const lineUp = (words, most) => [...words.replace(UNSEEN, "").split(/\s+/).filter(Boolean).join(" ")].slice(0, most).join("").trim();

const SPACE = /^\s+$/;
const isSpace = (part) => part.text !== undefined && SPACE.test(part.text);
const alike = (a, b) => a.text !== undefined && b.text !== undefined && a.strong === b.strong && a.em === b.em && a.href === b.href;

export const run = (text, strong = false, em = false, href = "") => ({ text, strong, em, href });

function* pieces(line) {
  for (const part of line) {
    if (part.note !== undefined) {
      const note = part.note.replace(UNSEEN, "").split(/\s+/).filter(Boolean).join(" ").slice(0, 1000).trim();
      if (note) yield { note };
    } else if (part.ref !== undefined) {
      const words = lineUp(part.words, 100);
      if (words) yield { ref: part.ref, words };
    } else if (part === BREAK) yield part;
    else {
      for (const [place, words] of part.text.replace(UNSEEN, "").split("\n").entries()) {
        if (place) yield BREAK;
        for (const piece of words.match(/\s+|\S+/g) ?? []) yield { ...part, text: piece };
      }
    }
  }
}

function between(before, space, after) {
  if (before?.text === undefined || after?.text === undefined) return run(space.text);
  return run(space.text, before.strong && after.strong, before.em && after.em, before.href === after.href ? before.href : "");
}

function unmarkedSpace(line) {
  return line.map((part, place) => {
    if (!isSpace(part)) return part;
    let [before, after] = [place - 1, place + 1];
    while (line[before] && isSpace(line[before])) before -= 1;
    while (line[after] && isSpace(line[after])) after += 1;
    return between(line[before], part, line[after]);
  });
}

function joined(line) {
  const result = [];
  for (const part of line) {
    const last = result.at(-1);
    if (last && alike(last, part)) result[result.length - 1] = { ...last, text: last.text + part.text };
    else result.push(part);
  }
  return result;
}

function stripped(line) {
  let [from, to] = [0, line.length];
  while (from < to && isSpace(line[from])) from += 1;
  while (from < to && isSpace(line[to - 1])) to -= 1;
  return line.slice(from, to);
}

// No space at the ends of lines and of marks, and at most `most` line ends in a row.
export function tidyLine(line, most = 2) {
  const result = [];
  let current = [];
  let waiting = 0;
  for (const part of [...unmarkedSpace([...pieces(line)]), BREAK]) {
    if (part !== BREAK) {
      current.push(part);
      continue;
    }
    const words = joined(stripped(current));
    if (words.length) {
      if (result.length) result.push(...Array(Math.min(waiting, most)).fill(BREAK));
      result.push(...words);
      waiting = 0;
    }
    current = [];
    waiting += 1;
  }
  return result;
}

// What stands between two line ends in a row, which look like the space between paragraphs.
export function split(line) {
  const parts = [[]];
  for (const [place, part] of line.entries()) {
    if (part === BREAK && line[place - 1] === BREAK) {
      parts.at(-1).pop();
      parts.push([]);
    } else parts.at(-1).push(part);
  }
  return parts.filter((part) => part.length);
}
