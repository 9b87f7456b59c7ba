import { redirect } from "next/navigation";
import { describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { json, notModified, methodNotAllowed, route } from "@/lib/http";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Returns the response of a route whose handler throws `thrown`, and the lines that the route logs. */
async function answerTo(thrown: unknown) {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const handle = route<null>(async () => {
    throw thrown;
  });
  const response = await handle(new Request("http://localhost/api/replicate?prompt=fox", { method: "POST" }), null);
  const lines = write.mock.calls.map(([line]) => JSON.parse(String(line)));
  write.mockRestore();
  return { response, body: await response.json(), lines };
}

describe("the response to a thrown error", () => {
  test("is a problem with code, message and status", async () => {
    const { response, body, lines } = await answerTo(new AppError("not_found", "There is nothing here."));
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(body).toEqual({
      type: "not_found",
      title: "not found",
      status: 404,
      detail: "There is nothing here.",
      request_id: expect.stringMatching(UUID),
    });
    expect(lines).toEqual([]);
  });

  test("is private and never cached", async () => {
    const { response } = await answerTo(new AppError("unauthenticated", "Sign in first."));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "private, no-store",
      vary: "Cookie, Authorization",
      "x-content-type-options": "nosniff",
    });
    expect(response.headers.has("retry-after")).toBe(false);
  });

  test("names the invalid fields and when to try again", async () => {
    const invalidFields = [{ field: "input.width", description: "too wide", type: "too_big" }];
    const refused = await answerTo(new AppError("invalid_input", "Some fields are wrong.", { invalidFields }));
    expect(refused.body).toMatchObject({ status: 422, invalid_fields: invalidFields });
    const limited = await answerTo(new AppError("quota_exceeded", "Try again tomorrow.", { retryAfter: 0 }));
    expect(limited.body).toMatchObject({ status: 429, retry_after: 0 });
    expect(limited.response.headers.get("retry-after")).toBe("0");
  });

  test.each([
    ["an error", new Error("password=hunter2")],
    ["a string", "password=hunter2"],
    ["nothing", undefined],
    ["null", null],
  ])("says nothing private when it is unexpected: %s", async (_, thrown) => {
    const { response, body } = await answerTo(thrown);
    expect(response.status).toBe(500);
    expect(body).toMatchObject({
      type: "internal",
      detail: "Something went wrong on the server and was logged. Try again.",
    });
    expect(JSON.stringify([body, [...response.headers]])).not.toContain("hunter2");
  });

  test("is logged once when the server failed, with the cause and the request id", async () => {
    const { body, lines } = await answerTo(new Error("the disk is full"));
    expect(lines).toEqual([
      {
        level: "error",
        event: "internal",
        time: expect.any(String),
        request_id: body.request_id,
        method: "POST",
        path: "/api/replicate",
        cause: { name: "Error", message: "the disk is full" },
      },
    ]);
  });

  test("shows the cause of an expected error only in the log", async () => {
    const thrown = new AppError("db_unavailable", "Try again in a moment.", { cause: new Error("10.0.0.7 refused") });
    const { response, body, lines } = await answerTo(thrown);
    expect(response.status).toBe(503);
    expect(JSON.stringify(body)).not.toContain("10.0.0.7");
    expect(lines).toMatchObject([{ event: "db_unavailable", cause: { message: "10.0.0.7 refused" } }]);
  });

  test("is Next's own for a redirect", async () => {
    const handle = route<null>(async () => redirect("/login"));
    await expect(handle(new Request("http://localhost/"), null)).rejects.toThrow("NEXT_REDIRECT");
  });
});

describe("a route", () => {
  test("passes on the context and the response", async () => {
    const handle = route(async (request, context: { id: string }) => json({ id: context.id, method: request.method }));
    const response = await handle(new Request("http://localhost/"), { id: "7" });
    expect(await response.json()).toEqual({ id: "7", method: "GET" });
  });
});

describe("a JSON response", () => {
  test("is private, and may have other headers and another status", async () => {
    const response = json({ id: 1 }, { status: 201, headers: { location: "/api/replicate/1" } });
    expect(response.status).toBe(201);
    expect(Object.fromEntries(response.headers)).toEqual({
      "cache-control": "private, no-store",
      "content-type": "application/json",
      location: "/api/replicate/1",
      vary: "Cookie, Authorization",
      "x-content-type-options": "nosniff",
    });
  });

  test("that has not changed is a 304 with its ETag and no body", async () => {
    const response = notModified('"7"');
    expect([response.status, response.headers.get("etag"), await response.text()]).toEqual([304, '"7"', ""]);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
  });
});

describe("a method that a route does not have", () => {
  const { OPTIONS, PUT } = methodNotAllowed("POST", "GET", "HEAD");

  test("is answered with 405, a problem and the allowed methods", async () => {
    const response = await PUT(new Request("http://localhost/api/replicate", { method: "PUT" }));
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
    expect(await response.json()).toMatchObject({ type: "method_not_allowed", status: 405 });
  });

  test("is not listed by OPTIONS", () => {
    expect(OPTIONS().headers.get("allow")).toBe("GET, HEAD, OPTIONS, POST");
  });
});
