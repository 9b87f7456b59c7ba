import { AppError } from "@/lib/errors";

/** The shortest and the longest time that the header `Cancel-After` may contain (s). */
const SHORTEST = 5;
const LONGEST = 24 * 3600;

/**
 * Returns the time in the header `Cancel-After` (s). As in Replicate's API, the header is a number of seconds, or hours,
 * minutes and seconds such as `1h30m45s`. Returns null without the header. Throws `invalid_input` if the header has another
 * format, or a time that is too short or too long.
 */
export function cancelAfter({ headers }: Request): number | null {
  const given = headers.get("cancel-after");
  if (given === null) return null;
  const [match, plain, hours = "0", minutes = "0", seconds = "0"] =
    /^(?:(\d{1,6})|(?=\d)(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?)$/.exec(given.trim()) ?? [];
  const total = plain ? Number(plain) : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (match !== undefined && total >= SHORTEST && total <= LONGEST) return total;
  const description = "Cancel-After must be a duration between 5s and 24h";
  throw new AppError("invalid_input", description, {
    invalidFields: [{ field: "Cancel-After", description, type: "invalid_header" }],
  });
}
