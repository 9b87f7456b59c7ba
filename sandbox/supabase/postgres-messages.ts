import type { Sql } from "postgres";

/**
 * Makes the Postgres client of @supabase/lite wait for the server less often. Each wait takes processor time in both processes.
 * By default, a statement with values waits twice: first for the types of the values. This function has such statements
 * prepared, as PostgREST does, so that each connection asks for the types only once. And `begin` is sent together with the first
 * statement of the transaction. `begin` fails only if the connection is lost, and then the first statement fails too.
 */
export function sendFewerMessages(client: Pick<Sql, "reserve">): void {
  const reserve = client.reserve.bind(client);
  Reflect.set(client, "reserve", async () => {
    const reserved = await reserve();
    const send = reserved.unsafe.bind(reserved);
    let begun: Promise<unknown> | undefined;
    Reflect.set(reserved, "unsafe", (text: string, values: never[] = []) => {
      const query = send(text, values, { prepare: values.length > 0 });
      if (text === "begin") {
        begun = query.execute();
        begun.catch(() => {});
        return Promise.resolve(Object.assign([], { command: "BEGIN", count: 0 }));
      }
      const before = begun;
      begun = undefined;
      // If the client cannot encode a value while it waits for another response, the statement never ends. Text can always be
      // encoded.
      return before && values.some((value) => typeof value !== "string") ? before.then(() => query) : query;
    });
    return reserved;
  });
}
