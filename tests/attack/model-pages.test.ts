import { expect, inject, test } from "vitest";
import { createUser } from "../support/users";

// Anyone can publish a model at Replicate. So its name, description and README may be hostile.
const stack = inject("stack");

const README = [
  "# Title <script>window.ran = 1</script>",
  "<script>window.ran = 2</script>",
  '<img src="https://evil.example/pixel.png" onerror="window.ran = 3">',
  "![pixel](https://evil.example/pixel.png)",
  "[press](javascript:window.ran=4) [again](data:text/html,x) [home](/auth/confirm)",
  "[away](https://evil.example/page)",
  '<a href="javascript:window.ran = 5">x</a>',
  "<iframe src=https://evil.example></iframe>",
  "`</pre><script>window.ran = 6</script>`",
].join("\n\n");

function send(method: string, path: string, body: object) {
  return fetch(`${stack.env.REPLICATE_API_BASE_URL}/${path}`, {
    method,
    headers: { authorization: `Bearer ${stack.env.REPLICATE_API_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

test("the page of a hostile model runs nothing, loads nothing from elsewhere and has no link that does harm", async () => {
  const name = `hostile-${Date.now()}`;
  const model = { owner: "sandbox", name, visibility: "public", hardware: "cpu" };
  const description = '"><script>window.ran = 7</script>';
  expect((await send("POST", "models", { ...model, description })).status).toBe(201);
  const links = { readme: README, github_url: "javascript:window.ran=8", license_url: "https://evil.example/license" };
  expect((await send("PATCH", `models/sandbox/${name}`, links)).status).toBe(200);

  const user = await createUser(stack);
  const page = await fetch(`${stack.appUrl}/dashboard/models/sandbox/${name}`, { headers: user.cookie });
  expect(page.status).toBe(200);
  // Next repeats the page's content as data in its own scripts, which have a nonce. The texts are escaped there, so these
  // scripts are removed before the check.
  const html = (await page.text()).replaceAll(/<script\b[^>]*>[^]*?<\/script>/g, (tag) =>
    tag.includes("nonce=") ? "" : tag,
  );
  expect(html).toContain("Title");
  expect(html).not.toMatch(/<script|<iframe|onerror=|(href|src)="(javascript|data|\/auth)|pixel\.png/i);
  const hrefs = [...html.matchAll(/<a\b[^>]*href="(https:\/\/evil\.example[^"]*)"[^>]*>/g)];
  expect(hrefs.map(([, href]) => href)).toEqual(["https://evil.example/license", "https://evil.example/page"]);
  for (const [tag] of hrefs) expect(tag).toContain("noreferrer");
});
