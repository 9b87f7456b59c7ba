import type { ComponentProps, KeyboardEvent, MouseEvent } from "react";
import type { LucideIcon } from "lucide-react";

type Look = {
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
export function buttonClass({ variant = "secondary", size = "md" }: Look = {}) {
  return `${base} ${variants[variant]} ${sizes[size]}`;
}

type ButtonProps = Look &
  ComponentProps<"button"> & {
    /** For actions that cost something. A double click or a held Enter key runs such an action only once. */
    costs?: boolean;
  };

export function Button({ variant, size, className = "", type = "button", costs = false, ...props }: ButtonProps) {
  const { onClick, ...others } = props;
  return (
    <button
      type={type}
      className={`${buttonClass({ variant, size })} ${className}`}
      {...others}
      {...(costs && { onKeyDown: ignoreRepeated })}
      onClick={costs ? (event) => (isRepeatedClick(event) ? event.preventDefault() : onClick?.(event)) : onClick}
    />
  );
}

type IconButtonProps = Omit<ButtonProps, "variant" | "size" | "children"> & {
  label: string;
  Icon: LucideIcon;
  iconClass?: string;
};

/** A button that shows only an icon. Its tooltip is `title`, or else the label. */
export function IconButton({ label, title = label, Icon, iconClass = "", ...props }: IconButtonProps) {
  return (
    <Button variant="ghost" size="icon" aria-label={label} title={title} {...props}>
      <Icon aria-hidden className={`size-4 ${iconClass}`} />
    </Button>
  );
}

// `detail` is the number of quick clicks in a row: 2 for a double click.
function isRepeatedClick({ detail }: MouseEvent) {
  return detail > 1;
}

function ignoreRepeated(event: KeyboardEvent) {
  if (event.repeat && event.key === "Enter") event.preventDefault();
}
