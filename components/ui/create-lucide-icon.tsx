import { createElement } from "react";
import type { LucideIconData, LucideProps } from "lucide-react";

/**
 * Returns the component of an icon. In the build, next.config.mjs replaces lucide's own function with this one: lucide's
 * function has many options and is 1.2 KB larger. With the attributes that this app uses, both functions return the same SVG.
 */
// oxlint-disable-next-line import/no-default-export -- lucide imports the default export
export default function createLucideIcon({ name, aliases = [], node }: LucideIconData) {
  const classes = ["lucide", ...[name, ...aliases].map((each) => `lucide-${each}`)].join(" ");
  return function Icon({ className = "", ...attributes }: LucideProps) {
    return (
      <svg
        xmlns="http://www.w3.org/2000/svg"
        width={24}
        height={24}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
        strokeLinecap="round"
        strokeLinejoin="round"
        className={`${classes} ${className}`}
        aria-hidden="true"
        {...attributes}
      >
        {node.map(([tag, shape]) => createElement(tag, shape))}
      </svg>
    );
  };
}
