/** The place of what is on its way, in its size, so that nothing moves when it comes. */
import styles from "./Skeleton.module.css";
import { useTexts } from "./texts";

interface SkeletonProps {
  /** CSS lengths. */
  width?: string;
  height?: string;
}

/** Stands within text: as high as the line, unless told otherwise. */
export function Skeleton({ width = "8ch", height = "1em" }: SkeletonProps) {
  return <span className={styles.skeleton} style={{ inlineSize: width, blockSize: height }} aria-hidden="true" />;
}

/** The rows of a list or a table. */
export function SkeletonRows({ rows = 5, height = "2.75rem" }: { rows?: number; height?: string }) {
  const t = useTexts();
  return (
    <div className={styles.rows} role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ blockSize: height }}>
          <Skeleton width={`${40 - (row % 3) * 8}%`} />
          <Skeleton width="15%" />
        </div>
      ))}
    </div>
  );
}
