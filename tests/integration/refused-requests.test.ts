import { afterEach, expect, inject, test } from "vitest";
import { accepted, apiOf, fault } from "../support/api";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = apiOf(stack, user);
const quick = { num_inference_steps: 1, width: 64, height: 64 };

afterEach(() => fault(stack, {}));

const typeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { type: string }).type];

test("a token that outlives its account starts nothing and is told to sign in", async () => {
  const gone = await createUser(stack);
  const theirs = apiOf(stack, gone);
  expect((await theirs.ask("/api/replicate")).status).toBe(200);
  await sql(stack, `delete from auth.users where id = '${gone.id}'`);
  const answer = await theirs.submit({ input: { prompt: "from nobody", ...quick } });
  expect(await typeOf(answer)).toEqual([401, "unauthenticated"]);
  expect(await accepted(stack, "from nobody")).toHaveLength(0);
});

test.each(["abc.def.ghi", "abc", "..", "e30.e30.e30", "eyJhbGciOiJub25lIn0.e30.", `${"a".repeat(6000)}.b.c`])(
  "the token %s is refused with 401",
  async (token) => {
    const headers = { authorization: `Bearer ${token}` };
    for (const path of ["/api/replicate", "/api/media", "/api/usage"]) {
      expect(await typeOf(await fetch(stack.appUrl + path, { headers }))).toEqual([401, "unauthenticated"]);
    }
  },
);

test.each(["/api/media?limit=abc", "/api/media?cursor=abc", "/api/replicate?limit=abc", "/api/replicate?cursor=abc"])(
  "%s is refused instead of answered with the first page",
  async (path) => expect(await typeOf(await api.ask(path))).toEqual([400, "invalid_query"]),
);

test("a search for what no text holds finds nothing, and no page fails", async () => {
  for (const query of ["%00", "a%00b", "%ED%A0%80", "%25", "_", "%5C", "*", `${"x".repeat(9_000)}`, "'%3B drop"]) {
    const page = await fetch(`${stack.appUrl}/dashboard/gallery?q=${query}`, { headers: user.cookie });
    expect([query.slice(0, 9), page.status]).toEqual([query.slice(0, 9), 200]);
  }
});

test.each([
  ["nothing", {}],
  ["only what cannot be seen", { prompt: "\u200b\u3164\ufe0f" }],
  ["an image by its address", { prompt: "x", image: "data:image/svg+xml,<svg/>" }],
  ["more characters than a prompt may have", { prompt: "\u{1f98a}".repeat(10_001) }],
])("an input of %s is refused with its field", async (_, input) => {
  const answer = await api.submit({ input });
  expect(answer.status).toBe(422);
  const { invalid_fields: fields } = (await answer.json()) as { invalid_fields: { field: string }[] };
  expect(fields).toHaveLength(1);
  expect(fields[0]?.field).toBe(`input.${"image" in input ? "image" : "prompt"}`);
});

test("an image of 9 MB in the body is too much", async () => {
  const image = `data:image/png;base64,${"A".repeat(9_000_000)}`;
  expect(await typeOf(await api.submit({ input: { prompt: "x", image } }))).toEqual([413, "payload_too_large"]);
});

test("a prompt is kept as it was written, whatever the direction of its letters", async () => {
  const prompt = `\u202eright to left\u202c \u05e9\u05dc\u05d5\u05dd \u{1f468}\u200d\u{1f469}\u200d\u{1f467} cafe\u0301 \u00e9 Z${"\u0301".repeat(200)}`;
  const made = await api.create({ prompt, ...quick });
  expect(made.input.prompt).toBe(prompt);
  expect((await api.read(made.id)).input.prompt).toBe(prompt);
  expect(await accepted(stack, prompt)).toHaveLength(1);
});

test("an endless answer to a create is none: the prediction is found again, once", async () => {
  await fault(stack, { match: "five megabytes", create: { body: "huge" } });
  const made = await api.create({ prompt: "five megabytes", ...quick });
  expect(made.logs).toBe("");
  expect((await api.saved(made.id)).images).toHaveLength(1);
  expect(await accepted(stack, "five megabytes")).toHaveLength(1);
});

test.each([401, 402])("when Replicate answers %i, the person is told that it is not their fault", async (status) => {
  await fault(stack, { match: `refused with ${status}`, create: { status } });
  const answer = await api.submit({ input: { prompt: `refused with ${status}`, ...quick } });
  expect(await typeOf(answer)).toEqual([503, "provider_unavailable"]);
});
