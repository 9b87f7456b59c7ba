import Link from "next/link";

export function SandboxBanner() {
  return (
    <aside
      aria-label="Sandbox"
      className="flex min-h-9 flex-wrap items-center justify-center gap-x-3 border-b bg-surface px-4 py-1 text-center text-[12px] text-muted"
    >
      <span>
        <span aria-hidden className="mr-2 inline-block size-1.5 rounded-full bg-risk align-middle" />
        Sandbox: no keys set, images are simple drawings
      </span>
      <Link
        href="/#keys"
        className="inline-flex items-center text-ink underline decoration-edge underline-offset-4 hover:decoration-ink pointer-coarse:min-h-10"
      >
        Set up keys
      </Link>
    </aside>
  );
}
