import type { ReactNode } from "react";

type NumberTableProps = {
  columns: string[];
  /** The cells of each row. The first cell contains the name of the row. */
  rows: ReactNode[][];
  /** Shown if there are no rows. */
  empty: string;
};

export function NumberTable({ columns, rows, empty }: NumberTableProps) {
  if (rows.length === 0) return <p className="text-[13px] text-muted">{empty}</p>;
  return (
    <table className="w-full text-left text-[13px]">
      <thead className="text-muted">
        <tr>
          {columns.map((column, index) => (
            <th key={column} scope="col" className={`py-1 pr-3 font-normal last:pr-0 ${index > 0 ? "text-right" : ""}`}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="font-mono text-[12px] tabular-nums">
        {rows.map(([name, ...numbers], row) => (
          <tr key={row} className="border-t">
            <th scope="row" className="w-full py-1.5 pr-3 font-sans text-[13px] font-normal wrap-anywhere">
              {name}
            </th>
            {numbers.map((number, index) => (
              <td key={index} className="py-1.5 pr-3 text-right whitespace-nowrap last:pr-0">
                {number}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
