/** Returns a body that runs the generator while it is read. If the reader cancels, the generator ends. */
export function toStream(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  async function pull(controller: ReadableStreamDefaultController<Uint8Array>) {
    const next = await chunks.next();
    if (next.done) controller.close();
    else controller.enqueue(next.value);
  }
  const cancel = () => chunks.return(undefined).then(() => {});
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
}
