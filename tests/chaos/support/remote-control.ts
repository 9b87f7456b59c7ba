import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

type Methods = Record<string, (...given: never[]) => Promise<unknown>>;

/**
 * Starts a server through which other processes can call these methods. So every test file can control the proxy and the app,
 * which the setup starts only once.
 */
export async function offerControl(methods: Methods) {
  const server = createServer((request, response) => {
    const method = methods[(request.url ?? "").slice(1)];
    void json(request)
      .then((given) => method?.(...(given as never[])))
      .then(
        (result) => response.end(JSON.stringify(result ?? null)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Returns functions that call the methods of the server at this URL. */
export function takeControl<Offered extends Methods>(url: string): Offered {
  const call = async (name: string, given: unknown[]) => {
    const answer = await fetch(`${url}/${name}`, { method: "POST", body: JSON.stringify(given) });
    if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  return new Proxy({} as Offered, {
    get:
      (_, name: string) =>
      (...given: unknown[]) =>
        call(name, given),
  });
}
