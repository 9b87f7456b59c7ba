import { expect, test } from "vitest";
import { createUser } from "../support/users";
import { stack } from "./support/send-request";
import { addFigures } from "./support/figures";
import { formatRequest, sendRaw } from "./support/raw-http";
import { readState } from "./support/database-state";

// Next itself responds to these requests with a 500, before the app runs. They change nothing and reveal nothing, and no
// browser sends them. These tests fail if a new version of Next responds in another way.

const user = await createUser(stack);

function send(method: string, path: string, headers: Record<string, string> = {}, body = "") {
  const length = body && { "content-length": String(Buffer.byteLength(body)) };
  return sendRaw({
    path: "/",
    known: 500,
    bytes: [formatRequest(method, path, { ...user.cookie, ...headers, ...length }, body)],
  });
}

const exceptions: Record<string, () => ReturnType<typeof send>> = {
  "TRACE, which the web's Request refuses": () => send("TRACE", "/api/replicate"),
  "TRACE of a page": () => send("TRACE", "/login"),
  "OPTIONS for the whole server": () => send("OPTIONS", "*"),
};

test.each(Object.entries(exceptions))("%s gets Next's bare 500 and changes nothing", async (_, request) => {
  const before = await readState();
  const { status, text } = await request();
  expect([status, text]).toEqual([500, "Internal Server Error"]);
  expect(await readState()).toEqual(before);
});

test("the server still answers afterwards", async () => {
  addFigures(stack, "R19", { "exceptions listed": Object.keys(exceptions).length });
  expect((await fetch(`${stack.appUrl}/api/health`)).status).toBe(200);
});
