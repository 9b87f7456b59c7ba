import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { createUser } from "../support/users";

const stack = inject("stack");

/** Reads the link in the header of the landing page. */
async function readEntryLink(headers: Record<string, string> = {}) {
  const page = await (await fetch(stack.appUrl, { headers })).text();
  const [, href, words] = /<header.*?href="(\/(?:login|dashboard)[^"]*)"[^>]*>([^<]*)</s.exec(page) ?? [];
  return { href, words };
}

test("the landing page links signed-in users to the studio and visitors to sign-in", async () => {
  expect(await readEntryLink()).toEqual({ href: "/login", words: "Sign in" });
  expect(await readEntryLink({ Cookie: "sb-127-auth-token=x" })).toEqual({ href: "/login", words: "Sign in" });
  const user = await createUser(stack);
  expect(await readEntryLink(user.cookie)).toEqual({ href: "/dashboard/generate", words: "Open the studio" });
});

test("the landing page has an Open Graph image", async () => {
  const page = await (await fetch(stack.appUrl)).text();
  const [, address = ""] = /<meta property="og:image" content="([^"]*)"/.exec(page) ?? [];
  expect(address).toBe(`${stack.appUrl}/og.png`);
  const image = await (await fetch(address, { redirect: "error" })).bytes();
  expect(image.length).toBeLessThan(150_000);
  expect(await sharp(image).metadata()).toMatchObject({ format: "png", width: 1200, height: 630 });
});
