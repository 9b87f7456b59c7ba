import "server-only";
import { z } from "zod";
import { appOrigin } from "@/lib/request-params";
import { parseReplicate } from "./parse-replicate";

const Page = z.looseObject({
  next: z.string().nullish(),
  previous: z.string().nullish(),
  results: z.array(z.unknown()),
});

export const EMPTY_PAGE = { next: null, previous: null, results: [] };

/**
 * Converts a page of one of Replicate's lists to a page of this API. `next` and `previous` become URLs of this API. Results that
 * `isShown` rejects are left out. Throws `provider_unavailable` if `body` is not a page.
 */
export function toPage(request: Request, body: unknown, isShown: (result: unknown) => boolean = () => true) {
  const page = parseReplicate(Page, body);
  return {
    ...page,
    next: toLink(request, page.next),
    previous: toLink(request, page.previous),
    results: page.results.filter(isShown),
  };
}

/**
 * Converts `url`, Replicate's URL of another page of a list, to a URL of this API. `request` is the request for a page of the
 * same list. Returns null if there is no other page.
 */
function toLink(request: Request, url: string | null | undefined): string | null {
  const search = URL.parse(url ?? "")?.search;
  return search ? `${appOrigin(request.headers)}${new URL(request.url).pathname}${search}` : null;
}
