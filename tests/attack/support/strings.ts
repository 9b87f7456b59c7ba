/** Invalid values of filters. Some of them try to change the database query. */
export const notFilters = [
  "\u0000",
  "x".repeat(5000),
  "%'; drop table",
  "x),or(user_id.neq.x",
  "2026-13-45",
  "0000-00-00",
  "9999999-01-01",
  "-271821-04-20",
  "NaN",
  "../../account",
  "a/b,c/d",
  "__proto__",
];

/** URLs of other sites that look like paths of this site. */
export const elsewhere = [
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "\\\\evil.example",
  "@evil.example",
  ".evil.example",
  "/.//evil.example",
  "///evil.example",
  "/%09/evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "http:evil.example",
  " //evil.example",
  "/\n/evil.example",
  "https:evil.example",
  "//evil.example\\@localhost",
];
