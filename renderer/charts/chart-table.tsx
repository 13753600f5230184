import { Scroller } from '../ui/scroller.tsx'
import styles from './chart.module.css'

/** A chart's figures as text: what its table view shows and its CSV holds. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export function ChartTableView({ caption, table }: { readonly caption: string; readonly table: ChartTable }) {
  return (
    <Scroller className={styles['table']} label={`${caption}, as a table`}>
      <table>
        <caption className="sr">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={column} scope="col" className={index === 0 ? undefined : 'num'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((value, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {shown(value)}
                  </th>
                ) : (
                  <td key={place} className="num">
                    {shown(value)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  )
}

function shown(value: string | number | null): string {
  if (value === null) return '-'
  return typeof value === 'number' ? String(Number(value.toPrecision(4))).replace('-', '−') : value
}
