import { expect, test } from "vitest";
import { answering, reply } from "./connect";

/** Returns `lookUp` for a Replicate that responds to every request with this status and this body. */
async function lookingUp(status: number, body: unknown) {
  const { requests } = await answering((response) => reply(response, status, body));
  const { lookUp } = await import("@/lib/replicate/look-up");
  return { lookUp, requests };
}

test("a resource is returned with all its fields and its size", async () => {
  const body = { owner: "a", name: "b", a_new_field: [{ of: "Replicate" }] };
  const { lookUp, requests } = await lookingUp(200, body);
  const question = { path: ["models", "a", "b"], params: { cursor: "x y" } };
  expect(await lookUp(question)).toEqual({ body, bytes: JSON.stringify(body).length });
  expect(requests).toMatchObject([{ method: "GET", path: "/v1/models/a/b?cursor=x+y" }]);
});

test("words are sent as plain text, without quotes", async () => {
  const { lookUp, requests } = await lookingUp(200, { results: [] });
  await lookUp({ path: ["models"], words: 'a "red" fox' });
  expect(requests).toMatchObject([{ method: "QUERY", path: "/v1/models", body: 'a "red" fox' }]);
  expect(requests[0]?.headers["content-type"]).toBe("text/plain");
});

test("a text is returned as it is", async () => {
  const { lookUp } = await lookingUp(200, "# A model");
  expect(await lookUp({ path: ["models", "a", "b", "readme"], isText: true })).toEqual({ body: "# A model", bytes: 9 });
});

test("what is nested too deep becomes null", async () => {
  const { lookUp } = await lookingUp(200, `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`);
  expect(JSON.stringify((await lookUp({ path: ["hardware"] })).body).length).toBeLessThan(500);
});

test.each([
  ["a body that is not JSON", 200, "<html>", "unreadable"],
  ["more than 16 MB", 200, `"${"x".repeat(16 * 1024 * 1024)}"`, "unreadable"],
  ["a 404", 404, { detail: "Not found" }, "not_found"],
  ["a 503", 503, "busy", "unclear"],
])("%s is an error", async (_, status, body, kind) => {
  const { lookUp } = await lookingUp(status, body);
  await expect(lookUp({ path: ["hardware"] })).rejects.toMatchObject({ kind });
});
