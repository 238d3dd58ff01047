/* A question about a claim, as what it asks: “who denies that …”, “arguments for …”. */

const VERBS = {
  says: "says?|claims?|argues?|asserts?|thinks?|believes?|holds?|maintains?|states?|writes?|agrees?|supports?|defends?",
  denies: "den(?:y|ies)|rejects?|disputes?|disagrees?|doubts?|contradicts?|opposes?|attacks?|argues? against",
  grants: "grants?|concedes?|admits?|acknowledges?",
  reports: "reports?|mentions?|quotes?|cites?",
};
const WHO = "(?:who(?: else)?|which (?:authors?|essays?|writers?)|does any(?:one|body)|do any authors?)";
const FOR = "for|in favou?r of|in support of|supporting";
const AGAINST = "against|opposed to|opposing";
const POINTS = "(?:(?:what (?:are|is) |the |any |some |all )*(?:arguments?|reasons?|case|points?|evidence)|what speaks)";

const rule = (kind, pattern) => [kind, new RegExp(`^${pattern} (.+)$`, "iu")];
const RULES = [
  rule("denies", `${WHO} (?:${VERBS.denies})(?: with| the (?:idea|claim|notion))?(?: that)?`),
  rule("for", `${WHO} argues? (?:${FOR})`),
  rule("says", `${WHO} (?:${VERBS.says})(?: with)?(?: that)?`),
  rule("grants", `${WHO} (?:${VERBS.grants})(?: that)?`),
  rule("reports", `${WHO} (?:${VERBS.reports})(?: that)?`),
  rule("for", `${POINTS} (?:${FOR})`),
  rule("against", `${POINTS} (?:${AGAINST})`),
  rule("against", "(?:the |any |what are the )?(?:objections? to|criticisms? of|cons of|problems? with)"),
  rule("against", "what(?:'s|’s| is) (?:wrong|bad|the (?:problem|trouble)) (?:with|about)"),
  rule("for", "(?:the )?pros of"),
];

/* What a query asks: { kind, text } with the rest of it, or null where it is words alone. */
export const understood = (words) => {
  const plain = words.trim().replace(/\s+/gu, " ").replace(/[\s?!.]+$/u, "");
  for (const [kind, pattern] of RULES) {
    const text = plain.match(pattern)?.[1];
    if (text) return { kind, text };
  }
  return null;
};

const SAYING = ["asserts", "illustrates"];

/* The claims and stances that answer: a function of a tag’s claim and stance. `claims` are those that
   the rest of the query names; `relations` of each claim those it supports and those it opposes. */
export const answers = (kind, claims, relations) => {
  const own = new Set(claims);
  const opposed = new Set(relations.flatMap(([, opposes], claim) => opposes.flatMap((other) => (own.has(claim) ? [other] : own.has(other) ? [claim] : []))));
  const backed = (by) => {
    const all = new Set(by);
    for (let before = -1; all.size > before; ) {
      before = all.size;
      for (const [claim, [supports]] of relations.entries()) if (supports.some((other) => all.has(other))) all.add(claim);
    }
    return all;
  };
  const pro = kind === "for" || kind === "against" ? backed(own) : own;
  const contra = kind === "for" || kind === "against" ? backed(opposed) : opposed;
  for (const claim of own) contra.delete(claim);
  const fits = {
    says: (claim, stance) => own.has(claim) && SAYING.includes(stance),
    grants: (claim, stance) => own.has(claim) && stance === "concedes",
    reports: (claim, stance) => own.has(claim) && stance === "reports",
    denies: (claim, stance) => (own.has(claim) && stance === "rejects") || (contra.has(claim) && SAYING.includes(stance)),
    for: (claim, stance) => pro.has(claim) && !contra.has(claim) && stance !== "rejects",
    against: (claim, stance) => (pro.has(claim) && stance === "rejects") || (contra.has(claim) && SAYING.includes(stance)),
  }[kind];
  const shown = kind === "against" ? [...contra] : kind === "for" ? [...pro] : kind === "denies" ? [...own, ...contra] : [...own];
  return { claims: shown, fits };
};
