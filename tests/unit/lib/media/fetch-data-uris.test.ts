import { Socket } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { fetchOutputFile } from "@/lib/media/fetch-output-file";

describe("a data URI", () => {
  const bytes = Buffer.from([0, 1, 2, 254, 255]);
  const decode = (uri: string, maxBytes = 1000) => fetchOutputFile(uri, { allowedOrigins: [], maxBytes });

  test("is decoded without a connection", async () => {
    const connect = vi.spyOn(Socket.prototype, "connect");
    const received = await decode(`data:image/png;base64,${bytes.toString("base64")}`);
    expect(Buffer.from(await received.blob.arrayBuffer()).equals(bytes)).toBe(true);
    expect(received.hasFullLength).toBe(true);
    expect(connect).not.toHaveBeenCalled();
  });

  test("may be escaped text", async () => {
    const received = await decode("data:image/svg+xml;utf8,%3Csvg%3Eé</svg>");
    expect(await received.blob.text()).toBe("<svg>é</svg>");
  });

  test.each(["data:image/svg+xml,%E0%A4%A", "data:image/png;base64", "data:"])("%s is refused", async (uri) => {
    await expect(decode(uri)).rejects.toMatchObject({ reason: "unsupported_output" });
  });

  test("is limited in size", async () => {
    const uri = `data:image/png;base64,${bytes.toString("base64")}`;
    expect((await decode(uri, 5)).blob.size).toBe(5);
    await expect(decode(uri, 4)).rejects.toMatchObject({ reason: "too_large" });
  });
});
