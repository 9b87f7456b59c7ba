import { expect, test } from "vitest";
import { isPublicAddress } from "@/lib/security/public-address";
import { PRIVATE_ADDRESSES } from "./private-addresses";

test.each(PRIVATE_ADDRESSES)("%s is not on the internet", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001:81b::200e"])(
  "%s is on the internet",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each(["", "example.com", "1.1.1.1.", "1.1.1.1:443", "[::1]"])("%j is not an address", (text) => {
  expect(isPublicAddress(text)).toBe(false);
});
