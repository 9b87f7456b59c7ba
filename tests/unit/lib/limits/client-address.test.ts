import { createServer, type IncomingHttpHeaders } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { clientAddress, appendConnectionAddresses } from "@/lib/limits/client-address";

const setting = vi.hoisted(() => ({ TRUSTED_PROXIES: 0 }));
vi.mock("@/lib/env", () => ({ env: () => setting }));

function addressIn(forwarded: string | undefined, proxies = 0) {
  setting.TRUSTED_PROXIES = proxies;
  return clientAddress(new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }));
}

test.each([
  ["the other end of the connection, without proxies", "198.51.100.7", 0, "198.51.100.7"],
  ["not an entry that the client wrote", "1.1.1.1, 2.2.2.2, 198.51.100.7", 0, "198.51.100.7"],
  ["what called the only proxy", "198.51.100.7, 10.0.0.1", 1, "198.51.100.7"],
  [
    "what called the only proxy, whatever the client wrote",
    "1.1.1.1,2.2.2.2 , 198.51.100.7, 10.0.0.1",
    1,
    "198.51.100.7",
  ],
  ["what called the outer of two proxies", "1.1.1.1, 198.51.100.7, 10.0.0.2, 10.0.0.1", 2, "198.51.100.7"],
  ["the first entry, when proxies are missing", "198.51.100.7", 2, "198.51.100.7"],
])("the client's address is %s", (_, forwarded, proxies, address) => {
  expect(addressIn(forwarded, proxies)).toBe(address);
});

test.each([
  ["::1", "0:0:0:0::/64"],
  ["2001:DB8:0:1::5", "2001:db8:0:1::/64"],
  ["2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::/64"],
  ["2001:db8::", "2001:db8:0:0::/64"],
  ["2001:db8::192.0.2.1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["[2001:db8:0:1::5]:443", "2001:db8:0:1::/64"],
  ["::ffff:198.51.100.7", "198.51.100.7"],
  ["198.51.100.7:51234", "198.51.100.7"],
])("%s counts as %s", (hop, address) => {
  expect(addressIn(hop)).toBe(address);
});

test.each(["", "unknown", "_hidden", "1.2.3.4.5", "a".repeat(5000), "1.1.1.1,"])(
  "all invalid addresses count as one: %j",
  (hop) => expect(addressIn(hop)).toBe("unknown"),
);

test("a missing header counts as an invalid address", () => {
  expect(addressIn(undefined)).toBe("unknown");
});

test("the address of the connection is appended to the header of each request", async () => {
  const seen: IncomingHttpHeaders[] = [];
  appendConnectionAddresses();
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await fetch(url);
  await fetch(url, { headers: { "x-forwarded-for": "1.1.1.1, 2.2.2.2" } });
  expect(seen.map((headers) => headers["x-forwarded-for"])).toEqual(["127.0.0.1", "1.1.1.1, 2.2.2.2, 127.0.0.1"]);
});
