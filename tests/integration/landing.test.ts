import sharp from "sharp";
import { expect, inject, test } from "vitest";
import { createUser } from "../support/users";

const stack = inject("stack");

/** The link in the head of the landing page. */
async function entrance(headers: Record<string, string> = {}) {
  const page = await (await fetch(stack.appUrl, { headers })).text();
  const [, href, words] = /<header.*?href="(\/(?:login|dashboard)[^"]*)"[^>]*>([^<]*)</s.exec(page) ?? [];
  return { href, words };
}

test("who is signed in is led to the studio, anybody else to sign-in", async () => {
  expect(await entrance()).toEqual({ href: "/login", words: "Sign in" });
  expect(await entrance({ Cookie: "sb-127-auth-token=x" })).toEqual({ href: "/login", words: "Sign in" });
  const user = await createUser(stack);
  expect(await entrance(user.cookie)).toEqual({ href: "/dashboard/generate", words: "Open the studio" });
});

test("a link to the site is shown with an image by other sites", async () => {
  const page = await (await fetch(stack.appUrl)).text();
  const [, address = ""] = /<meta property="og:image" content="([^"]*)"/.exec(page) ?? [];
  expect(address).toBe(`${stack.appUrl}/og.png`);
  const image = await (await fetch(address, { redirect: "error" })).bytes();
  expect(image.length).toBeLessThan(150_000);
  expect(await sharp(image).metadata()).toMatchObject({ format: "png", width: 1200, height: 630 });
});
