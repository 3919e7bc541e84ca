/** Prints its argument, for a build that is otherwise silent: {@code java .mvn/Announce.java TEXT}. */
final class Announce {
  public static void main(String[] args) {
    System.out.println(String.join(" ", args));
  }
}
