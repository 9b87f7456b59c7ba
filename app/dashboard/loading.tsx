export default function Loading() {
  return (
    <div className="grid min-h-[60dvh] place-items-center" role="status">
      <span className="sr-only">Loading</span>
      <span aria-hidden className="size-2 animate-safelight rounded-full bg-accent" />
    </div>
  );
}
