package org.jetbackup.engine.verify;

/** Sees the nodes of a tree in the order of their keys. */
@FunctionalInterface
interface LeafVisitor {

  /** Sees nothing. */
  LeafVisitor NONE = node -> {};

  /** Looks at a node that is not deleted; reports what it finds by itself. */
  void visit(LeafNode node);
}
