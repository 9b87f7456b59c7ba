import { expect, test } from "vitest";
import { serve, small } from "../serve.ts";

async function delivered(delivery: object) {
  const sandbox = await serve();
  const { output } = await sandbox.finish({ ...small, num_outputs: 2 });
  await sandbox.faults({ delivery });
  return { ...sandbox, url: String(output[0]), other: String(output[1]) };
}

test("a download can fail several times for each file, or always for one file", async () => {
  const { url, other, faults } = await delivered({ status: 404, count: 2 });
  const statuses = [];
  for (const target of [url, url, other, url]) statuses.push((await fetch(target)).status);
  expect(statuses).toEqual([404, 404, 404, 200]);
  await faults({ delivery: { status: 503, index: 1 } });
  expect([(await fetch(url)).status, (await fetch(other)).status]).toEqual([200, 503]);
});

test("a download can stop early, close, redirect or never end", async () => {
  const { url, faults } = await delivered({ cut: 0.5 });
  await expect((await fetch(url)).bytes()).rejects.toThrow("terminated");
  await faults({ delivery: { close: true } });
  await expect(fetch(url)).rejects.toThrow("fetch failed");
  await faults({ delivery: { redirect: "http://127.0.0.1:9/" } });
  expect((await fetch(url, { redirect: "manual" })).headers.get("location")).toBe("http://127.0.0.1:9/");
  await faults({ delivery: { endless: true } });
  let bytes = 0;
  for await (const chunk of (await fetch(url)).body ?? []) if ((bytes += chunk.length) > 1_000_000) break;
  expect(bytes).toBeGreaterThan(1_000_000);
});

test("a download can have a wrong type, be an HTML page or be slow", async () => {
  const { url, faults } = await delivered({ type: "text/html" });
  const wrong = await fetch(url);
  expect([wrong.headers.get("content-type"), (await wrong.bytes()).slice(1, 4)]).toEqual([
    "text/html",
    new TextEncoder().encode("PNG"),
  ]);
  await faults({ delivery: { html: true } });
  const page = await fetch(url);
  expect([page.headers.get("content-type"), await page.text()]).toEqual([
    "image/png",
    expect.stringMatching("^<!doctype html>"),
  ]);
  await faults({ delivery: { drip: 20 } });
  const reader = (await fetch(url)).body?.getReader();
  expect((await reader?.read())?.value).toHaveLength(20);
  await reader?.cancel();
});

test("a part of a file can be asked for, from the start, from the end, but not after it", async () => {
  const { url } = await delivered({});
  const whole = await (await fetch(url)).bytes();
  const part = async (range: string) => {
    const response = await fetch(url, { headers: { range } });
    return { status: response.status, range: response.headers.get("content-range"), bytes: await response.bytes() };
  };
  const size = whole.length;
  expect(await part("bytes=0-9")).toEqual({ status: 206, range: `bytes 0-9/${size}`, bytes: whole.slice(0, 10) });
  expect(await part("bytes=10-")).toMatchObject({ status: 206, bytes: whole.slice(10) });
  expect(await part("bytes=-4")).toMatchObject({
    range: `bytes ${size - 4}-${size - 1}/${size}`,
    bytes: whole.slice(-4),
  });
  expect(await part(`bytes=${size}-`)).toMatchObject({ status: 416, range: `bytes */${size}` });
  expect(await part("bytes=-")).toMatchObject({ status: 200, bytes: whole });
  const head = await fetch(url, { method: "HEAD" });
  expect([head.headers.get("accept-ranges"), head.headers.get("content-length")]).toEqual(["bytes", String(size)]);
});
