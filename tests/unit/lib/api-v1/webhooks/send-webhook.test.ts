import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { lookupPublicAddress } from "@/lib/api-v1/webhooks/lookup-public-address";
import { sendWebhook } from "@/lib/api-v1/webhooks/send-webhook";
import { PRIVATE_ADDRESSES } from "../../security/private-addresses";
import { stubSettings } from "../../stub-settings";

/** The addresses that this process has tried to connect to. */
const attempts: string[] = [];
const watch = (message: unknown) => {
  const { socket } = message as { socket: Socket };
  socket.on("connectionAttempt", (address: string) => attempts.push(address));
};

/** The paths of the requests to `receiver`, which redirects /redirect to another path, and never responds to /hang. */
const paths: string[] = [];
const receiver = createServer((request, response) => {
  paths.push(request.url ?? "");
  if (request.url === "/hang") return;
  if (request.url === "/upgrade") {
    response.writeHead(101, { connection: "upgrade", upgrade: "fox" }).end();
    return;
  }
  if (request.url === "/endless") return void response.writeHead(200).write("…");
  response.writeHead(request.url === "/redirect" ? 307 : 200, { location: "/redirected" }).end("thank you");
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  subscribe("net.client.socket", watch);
});
beforeEach(() => {
  stubSettings({ APP_URL: "http://localhost:3000", LOCAL_WEBHOOK_ORIGINS: origin });
  attempts.length = 0;
  paths.length = 0;
});
afterEach(() => receiver.closeAllConnections());
afterAll(() => {
  unsubscribe("net.client.socket", watch);
  receiver.close();
});

const send = (url: string, addresses: string[] = [], signal = AbortSignal.timeout(5_000)) =>
  sendWebhook(url, "{}", { headers: {}, signal, lookup: lookupPublicAddress(async () => addresses) });

test("the check of the connections sees a connection", async () => {
  await send(`${origin}/hook`);
  expect([attempts, paths]).toEqual([["127.0.0.1"], ["/hook"]]);
});

test.each(PRIVATE_ADDRESSES)("a name that leads to %s is not connected to", async (address) => {
  await expect(send("https://receiver.example/", [address])).rejects.toThrow("leads to a private network");
  // The connection is refused even if the name also has a public address.
  await expect(send("https://receiver.example/", ["1.1.1.1", address])).rejects.toThrow("leads to a private network");
  expect(attempts).toEqual([]);
});

test.each(PRIVATE_ADDRESSES)("a URL with the address %s is not connected to", async (address) => {
  const host = address.includes(":") ? `[${address}]` : address;
  await expect(send(`https://${host}/`, [address])).rejects.toThrow("must not lead to a private network");
  expect(attempts).toEqual([]);
});

test("a name without an address fails", async () => {
  await expect(send("https://receiver.example/", [])).rejects.toThrow("has no IP address");
});

test("a name server that sends a private address the second time is not believed", async () => {
  const answers = [["1.1.1.1"], ["127.0.0.1"]];
  const lookup = lookupPublicAddress(async () => answers.shift() ?? []);
  const first = await new Promise((resolve) => lookup("receiver.example", { all: true }, (_, found) => resolve(found)));
  expect(first).toEqual([{ address: "1.1.1.1", family: 4 }]);
  const error = await new Promise((resolve) => lookup("receiver.example", { all: true }, resolve));
  expect(String(error)).toContain("leads to a private network");
});

test("a redirect is not followed, and counts as a failure", async () => {
  await expect(send(`${origin}/redirect`)).rejects.toThrow("status 307");
  expect(paths).toEqual(["/redirect"]);
});

test("a receiver that does not respond is given up when the time is over", async () => {
  const end = new AbortController();
  receiver.once("request", () => end.abort(new Error("The time is over.")));
  await expect(send(`${origin}/hang`, [], end.signal)).rejects.toThrow();
});

test("a receiver that changes the protocol counts as a failure", async () => {
  await expect(send(`${origin}/upgrade`)).rejects.toThrow("closed without a response");
});

test("the body of the response is not waited for", async () => {
  await send(`${origin}/endless`);
  expect(paths).toEqual(["/endless"]);
});
