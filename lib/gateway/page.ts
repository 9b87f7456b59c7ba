import "server-only";
import { z } from "zod";
import { appOrigin } from "@/lib/request-params";
import { parseReplicate } from "./parse-replicate";

const Page = z.looseObject({
  next: z.string().nullish(),
  previous: z.string().nullish(),
  results: z.array(z.unknown()),
});

/** The page of a list that has nothing in it. */
export const EMPTY_PAGE = { next: null, previous: null, results: [] };

/**
 * Returns a page of one of Replicate's lists as a page of ours: `next` and `previous` are URLs of this API, and only the results
 * that `isShown` accepts are left. Throws `provider_unavailable` if `body` is not a page.
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

/** Returns the URL of another page of the list that `request` asks for. Replicate's URL of this page is `url`. */
function toLink(request: Request, url: string | null | undefined): string | null {
  const search = URL.parse(url ?? "")?.search;
  return search ? `${appOrigin(request.headers)}${new URL(request.url).pathname}${search}` : null;
}
