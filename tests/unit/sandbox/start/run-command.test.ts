import { expect, test } from "vitest";
import { withHost } from "@/sandbox/start/run-command";

test("Next listens on the given host, unless the command names one", () => {
  expect(withHost(["next", "dev"], "127.0.0.1")).toEqual(["next", "dev", "-H", "127.0.0.1"]);
  expect(withHost(["next", "start", "-p", "4000"], "::")).toEqual(["next", "start", "-p", "4000", "-H", "::"]);
  for (const named of [["-H", "::"], ["--hostname", "::"], ["--hostname=::"]]) {
    expect(withHost(["next", "dev", ...named], "127.0.0.1")).toEqual(["next", "dev", ...named]);
  }
});

test("other commands, and Next without a host, stay unchanged", () => {
  expect(withHost(["node", "script.js"], "127.0.0.1")).toEqual(["node", "script.js"]);
  expect(withHost([], "127.0.0.1")).toEqual([]);
  expect(withHost(["next", "dev"], undefined)).toEqual(["next", "dev"]);
});
