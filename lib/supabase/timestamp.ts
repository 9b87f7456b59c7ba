import { z } from "zod";

/** A timestamptz in the form of JavaScript's own, whichever of Postgres's forms it came in (`2026-11-21 14:32:07.5+00`). */
export const Timestamp = z.string().transform((text, context) => {
  const time = Date.parse(text.replace(" ", "T").replace(/([+-]\d{2})$/, "$1:00"));
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  context.addIssue({ code: "custom", message: "is not a time" });
  return z.NEVER;
});
