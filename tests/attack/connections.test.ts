import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createUser } from "../support/users";
import { sendRequest, stack } from "./support/send-request";
import { quantile } from "../support/quantile";
import { addFigures } from "./support/figures";
import { listFiles } from "./support/files-in";
import { openSocket, formatRequest, sendRaw } from "./support/raw-http";
import { attack } from "./support/attack-table";

const user = await createUser(stack);

/** Returns a function that sends raw bytes. `known` is the status with which Node itself responds, before the app runs. */
const raw =
  (method: string, path: string, known: number, headers: Record<string, string> = {}) =>
  () =>
    sendRaw({ path, known, bytes: [formatRequest(method, path, headers)] });

/** The paths of all route files of the API. */
const routes = listFiles("app/api")
  .filter((file) => file.endsWith("/route.ts") && !file.includes("[["))
  .map((file) => `/${file.replace(/^app\/|\/route\.ts$/g, "").replace("[id]", randomUUID())}`);
/** Whether the errors of the route have Replicate's format, which has no field `type`. */
const isLikeReplicate = (path: string) => path.startsWith("/api/v1/");

attack({
  "a method that the route does not have": [
    // No route except that of posters has the method PUT.
    routes
      .filter((path) => !isLikeReplicate(path))
      .map((path) => ({ path, method: path.endsWith("/poster") ? "PATCH" : "PUT", as: user })),
    { status: 405, type: "method_not_allowed", headers: { allow: /\bOPTIONS\b/ } },
  ],
  "a method that a route of /api/v1 does not have": [
    routes.filter(isLikeReplicate).map((path) => ({ path, method: "PUT", as: user })),
    { status: 405, headers: { allow: /\bOPTIONS\b/ } },
  ],
  "headers of 20 KB": [raw("GET", "/api/health", 431, { "x-long": "x".repeat(20_000) }), { status: 431 }],
  "headers of 8 KB": [raw("GET", "/api/health", 431, { "x-long": "x".repeat(8_000) }), { status: 200 }],
  "an address of 20 KB": [raw("GET", `/${"x".repeat(20_000)}`, 431), { status: 431 }],
  "an unknown method": [raw("BREW", "/api/replicate", 400), { status: 400 }],
  "an invalid header": [raw("GET", "/api/health", 400, { "x y": "1" }), { status: 400 }],
  "bytes that are not HTTP": [
    () => sendRaw({ path: "/", known: 400, bytes: ["\u0016\u0003\u0001\u0002 hello\r\n\r\n"] }),
    { status: 400 },
  ],
});

test("two hundred connections with unfinished headers do not slow other requests", async () => {
  const slow = await Promise.all(Array.from({ length: 200 }, () => openSocket()));
  for (const socket of slow) socket.write("GET /api/health HTTP/1.1\r\nhost: x\r\nx-slow: ");
  const times: number[] = [];
  for (let index = 0; index < 50; index += 1) {
    for (const socket of slow.slice(index, index + 10)) socket.write("x");
    const start = performance.now();
    expect((await sendRequest({ path: "/api/replicate", as: user })).status).toBe(200);
    times.push(performance.now() - start);
  }
  for (const socket of slow) socket.destroy();
  addFigures(stack, "slow connections", {
    "half-open connections": slow.length,
    "p50 ms of others": quantile(times, 0.5).toFixed(1),
    "p99 ms of others": quantile(times, 0.99).toFixed(1),
  });
  expect(quantile(times, 0.5)).toBeLessThan(500);
});
