/** Something on top of the page that wants an answer first, or shows one thing in full. Escape closes it. */
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";

import { Button } from "./Button";
import styles from "./Dialog.module.css";
import { useTexts } from "./texts";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** What can be done, beside closing it. */
  actions?: ReactNode;
}

export function Dialog({ title, isOpen, onClose, children, actions }: DialogProps) {
  const t = useTexts();
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable
    >
      <Modal className={styles.modal ?? ""}>
        <AriaDialog className={styles.dialog ?? ""}>
          <Heading slot="title" className={styles.title ?? ""}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          <footer className={styles.actions}>
            <Button look="secondary" onPress={onClose}>
              {t.close}
            </Button>
            {actions}
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
