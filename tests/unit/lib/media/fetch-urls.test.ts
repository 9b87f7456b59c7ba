import { Socket } from "node:net";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { fetchOutputFile } from "@/lib/media/fetch-output-file";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import { startFileServer } from "../../../support/file-server";

const REPLICATE = ["https://replicate.delivery", "https://*.replicate.delivery"];
const GOOD = "https://replicate.delivery/xezq/abc/out-0.png";

afterEach(() => vi.restoreAllMocks());

describe("URLs", () => {
  test.each([
    GOOD,
    "https://pbxt.replicate.delivery/abc/out-0.png",
    "https://a.b.replicate.delivery/out.png?sig=x%20y#top",
  ])("%s is allowed", (url) => {
    expect(isAllowedUrl(url, REPLICATE)).toBe(true);
  });

  const tricks = [
    "https://replicate.delivery.evil.com/a.png",
    "https://evilreplicate.delivery/a.png",
    "https://evil.com/replicate.delivery",
    "https://evil.com#.replicate.delivery",
    "https://evil.com?.replicate.delivery",
    "https://evil.com/https://replicate.delivery/a.png",
    "https://replicate.delivery@evil.com/a.png",
    "https://user:pw@replicate.delivery/a.png",
    "https://user@replicate.delivery/a.png",
    "https://@replicate.delivery/a.png",
    "https://replicate.delivery%40evil.com/a.png",
    "https://replicate.delivery\\@evil.com/a.png",
    "https://evil.com\\.replicate.delivery/a.png",
    "https:\\\\replicate.delivery/a.png",
    "https:replicate.delivery/a.png",
    "//replicate.delivery/a.png",
    "/xezq/out-0.png",
    "http://replicate.delivery/a.png",
    "file:///etc/passwd",
    "blob:https://replicate.delivery/0195f2a8",
    "javascript:alert(1)//https://replicate.delivery/",
    "ftp://replicate.delivery/a.png",
    "https://replicate.delivery:22/a.png",
    "https://replicate.delivery:8443/a.png",
    "https://replicate.delivery:443/a.png",
    "https://[::1]/a.png",
    "https://[::ffff:7f00:1]/a.png",
    "https://0x7f.1/a.png",
    "https://2130706433/a.png",
    "https://127.1/a.png",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/a.png",
    "https://replicate.delivery./a.png",
    "https://.replicate.delivery/a.png",
    "https://REPLICATE.delivery/a.png",
    "https://ｒeplicate.delivery/a.png",
    "https://replicate%2edelivery/a.png",
    "https://repl\ticate.delivery/a.png",
    " https://replicate.delivery/a.png",
    "https://replicate.delivery\n.evil.com/a.png",
    "https://replicate。delivery/a.png",
    "https://replicate.delivery",
    "https://*.replicate.delivery.evil.com/a.png",
    "https://",
    "",
  ];

  test.each(tricks)("%j is refused without a connection", async (url) => {
    const connect = vi.spyOn(Socket.prototype, "connect");
    await expect(fetchOutputFile(url, { allowedOrigins: REPLICATE, maxBytes: 1 })).rejects.toMatchObject({
      name: "UnsupportedFile",
      reason: "unsupported_output",
    });
    expect(connect).not.toHaveBeenCalled();
  });

  test("an allowed URL is connected to, so the count of connections is meaningful", async () => {
    const { origin, close } = await startFileServer((_request, response) => response.end("x"));
    onTestFinished(close);
    const connect = vi.spyOn(Socket.prototype, "connect");
    await fetchOutputFile(`${origin}/a`, { allowedOrigins: [origin], maxBytes: 1 });
    expect(connect).toHaveBeenCalledTimes(1);
  });

  test("http is allowed only where the allowed origin itself is http, on its own port", () => {
    const local = ["http://127.0.0.1:4510"];
    expect(isAllowedUrl("http://127.0.0.1:4510/out.png", local)).toBe(true);
    expect(isAllowedUrl("http://127.0.0.1:4511/out.png", local)).toBe(false);
    expect(isAllowedUrl("http://127.0.0.1/out.png", local)).toBe(false);
    expect(isAllowedUrl("https://127.0.0.1:4510/out.png", local)).toBe(false);
    expect(isAllowedUrl(GOOD, local)).toBe(false);
  });

  test("nothing is allowed without allowed origins, or with invalid ones", () => {
    expect(isAllowedUrl(GOOD, [])).toBe(false);
    expect(isAllowedUrl(GOOD, ["replicate.delivery", "*", ""])).toBe(false);
  });
});
