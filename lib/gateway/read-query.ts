import "server-only";
import { AppError } from "@/lib/errors";

/** A cursor of Replicate, from the URL `next` or `previous` of a page. */
export const CURSOR = /^[\w.~%+/=-]{1,1000}$/;

/**
 * Returns the parameters of a request's URL that have a rule, for a request to Replicate. Other parameters are dropped. Throws
 * `invalid_query` if a parameter does not follow its rule.
 */
export function readQuery(request: Request, rules: Record<string, RegExp>): Record<string, string> {
  const query = new URL(request.url).searchParams;
  return Object.fromEntries(
    Object.entries(rules).flatMap(([name, rule]) => {
      const value = query.get(name);
      if (value === null) return [];
      if (!rule.test(value)) throw new AppError("invalid_query", `Query parameter "${name}" is invalid`);
      return [[name, value]];
    }),
  );
}
