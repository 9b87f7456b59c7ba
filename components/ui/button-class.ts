export type ButtonLook = {
  variant?: "primary" | "secondary" | "ghost" | "danger";
  size?: "sm" | "md" | "icon";
};

const base =
  "inline-flex shrink-0 select-none items-center justify-center gap-2 rounded font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50";

const variants = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover",
  secondary: "border border-line bg-surface text-ink hover:border-edge hover:bg-raised",
  ghost: "text-muted hover:bg-raised hover:text-ink aria-pressed:text-ink",
  danger: "border border-line bg-surface text-danger hover:border-danger",
};

const sizes = {
  sm: "h-8 px-3 text-[13px] pointer-coarse:h-10",
  md: "h-10 px-4 text-sm",
  icon: "size-9 pointer-coarse:size-10",
};

/** The classes of a button, for links that look like buttons. */
export function buttonClass({ variant = "secondary", size = "md" }: ButtonLook = {}) {
  return `${base} ${variants[variant]} ${sizes[size]}`;
}
