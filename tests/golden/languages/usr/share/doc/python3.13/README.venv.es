Paquetes de Python, de Debian y de otros orígenes
=================================================

Este archivo explica por qué instaladores como pip y uv se niegan a
modificar este Python y qué se puede hacer en su lugar. Se refiere a un
solo Python, el que se inicia con este comando:
    $ python3

En los ejemplos, no escriba el signo de dólar que aparece al principio
de una línea. Las líneas con sangría que no llevan el signo de dólar no
son comandos, sino opciones, ajustes o nombres de archivos. Los nombres
de paquetes, como requests y httpie, son ejemplos.

Por qué este Python rechaza las instalaciones
---------------------------------------------

Debian administra este Python con su propio gestor de paquetes (apt).
Hay programas de Debian que dependen de los paquetes de este Python. Si
un instalador reemplazara o eliminara uno de esos paquetes, podría hacer
que tales programas dejaran de funcionar, así que se detiene antes de
modificar nada. No hay nada dañado, y no se ha instalado ni eliminado
nada.

Los entornos virtuales y las demás instalaciones de Python de este
equipo no se ven afectados. La regla no es exclusiva de Debian, sino que
procede de una especificación para Python en general:
    https://peps.python.org/pep-0668/

Paquetes de Debian
------------------

Para instalar un paquete de Debian (como root, por ejemplo con sudo):
    $ apt install python3-requests

Los paquetes instalados de esta manera se actualizan junto con el resto
del sistema. Sus nombres pueden ser distintos de los que conoce pip.
Para buscar un paquete:
    $ apt search --names-only requests

En una imagen de contenedor, omita los paquetes que solo están
recomendados:
    $ apt-get update && apt-get install --yes --no-install-recommends python3-requests

Entornos virtuales
------------------

Un entorno virtual es un directorio con paquetes propios. Utiliza este
Python, pero fuera del directorio no cambia nada. Para crear un entorno
virtual e instalar un paquete en él (se necesita el paquete
python3-venv):
    $ python3 -m venv .venv
    $ .venv/bin/pip install requests

Si falta el paquete mencionado arriba, el primer comando falla y muestra
un mensaje con el nombre de ese paquete. Instálelo y vuelva a ejecutar
el comando. Cree un entorno distinto para cada proyecto. Para eliminar
un entorno, elimine el directorio correspondiente:
    $ rm -r .venv

Ejecutar programas desde un entorno virtual
-------------------------------------------

Inicie sus programas con el Python del entorno, que encuentra los
paquetes por sí solo:
    $ .venv/bin/python app.py

Activar el entorno es opcional. Después de activarlo, los comandos
python y pip son los del entorno hasta que se cierre el intérprete de
comandos (sh, bash y zsh):
    $ . .venv/bin/activate
Lo mismo en el intérprete de comandos fish:
    $ source .venv/bin/activate.fish
Para salir del entorno:
    $ deactivate

Scripts, servicios y tareas programadas
---------------------------------------

Indique la ruta completa del Python del entorno virtual. No hace falta
activar el entorno virtual ni definir variables de entorno. Primera
línea de un script:
    #!/opt/venv/bin/python
En una unidad de systemd:
    ExecStart=/opt/venv/bin/python /opt/app/app.py
En un archivo crontab:
    15 4 * * * /opt/venv/bin/python /opt/app/app.py

Usar paquetes de Debian en un entorno virtual
---------------------------------------------

Un entorno virtual también puede ver los paquetes de Debian si se crea
de esta manera:
    $ python3 -m venv --system-site-packages .venv
En ese caso, lo que ya está en el sistema se utiliza y no se instala por
segunda vez. Si actualiza un paquete de ese tipo dentro del entorno, la
copia más nueva se instala en él y solo el entorno la utiliza:
    $ .venv/bin/pip install --upgrade requests

Para cambiar esto más adelante, modifique una línea del archivo
pyvenv.cfg del entorno:
    include-system-site-packages = true

Aplicaciones
------------

El programa pipx crea un entorno virtual propio para cada aplicación y
deja disponibles los comandos de la aplicación (se necesita el paquete
pipx):
    $ pipx install httpie

Si después no se encuentran los comandos, ejecute esto una vez y vuelva
a iniciar sesión:
    $ pipx ensurepath
Para actualizar todas las aplicaciones instaladas de esta manera:
    $ pipx upgrade-all
Para ejecutar una aplicación una sola vez, sin instalarla:
    $ pipx run cowsay -t hi
Para instalar una aplicación para todos los usuarios (como root):
    $ pipx install --global httpie

Aplicaciones con complementos
-----------------------------

Un complemento debe instalarse en el entorno virtual de la aplicación a
la que pertenece:
    $ pipx inject httpie httpie-jwt-auth
Una aplicación que instala sus complementos por sí misma necesita un
entorno en el que pueda escribir, así que instale también esa aplicación
con pipx.

Instalaciones de usuario y otros directorios
--------------------------------------------

Las instalaciones en su directorio personal también se rechazan, porque
todos los programas que usted ejecute con este Python usarían los
paquetes instalados así:
    --user
Los ajustes que activan o desactivan las instalaciones de usuario no
cambian esto:
    PYTHONNOUSERSITE=1
Las instalaciones en un directorio que usted indique no se rechazan:
    --target
    --prefix
    --root
Nadie comprueba dónde está ese directorio, así que asegúrese de que no
sea uno que utilice el sistema.

Si anula el rechazo como root, los paquetes se instalan en el directorio
siguiente, y entonces todos los programas los usan en lugar de los de
Debian:
    /usr/local/lib/python3.13/dist-packages

Contenedores
------------

Cree el entorno virtual en una ubicación fija y póngalo al principio de
la ruta de búsqueda de comandos. En un Dockerfile o Containerfile:
    RUN python3 -m venv /opt/venv
    ENV PATH="/opt/venv/bin:$PATH"
    RUN pip install requests
Un entorno virtual vale la pena incluso en un contenedor: lo que usted
instale no puede dañar los programas de Debian, y una actualización
procedente de Debian no puede deshacer lo que usted instaló. Los
analizadores de seguridad informan de los paquetes del entorno además de
los de Debian.

Tanto sudo como los intérpretes de comandos de inicio de sesión
restablecen la ruta de búsqueda. En esos casos, indique la ruta completa
o transmita la ruta de búsqueda:
    $ sudo /opt/venv/bin/python app.py
    $ sudo env "PATH=$PATH" python app.py

Si el contenedor se ejecuta con un identificador de usuario arbitrario,
un entorno virtual que pertenezca a root funciona igualmente. Solo si un
usuario con un identificador de ese tipo tiene que instalar paquetes
mientras el contenedor está en ejecución, ejecute esto al construir la
imagen:
    $ chgrp -R 0 /opt/venv && chmod -R g=u /opt/venv

Si copia un entorno virtual de una etapa de construcción a otra,
conserve la misma ruta y la misma versión de Python. En otra ruta, los
comandos del entorno no se inician.

El Python de un entorno puede crear otros entornos, que no dependen del
primero.

La mayor parte del tamaño de un entorno virtual nuevo corresponde a la
copia de pip que contiene. Para prescindir de ella, use un pip de fuera
del entorno:
    $ python3 -m venv --without-pip /opt/venv
    $ pip --python /opt/venv/bin/python install requests

Los programas que no tienen en cuenta la ruta de búsqueda a menudo
respetan esta variable:
    VIRTUAL_ENV=/opt/venv

La regla no afecta a una imagen que trae un Python propio que no
proviene de Debian.

Desactivar la protección
------------------------

La protección consiste en un archivo que los instaladores buscan:
    /usr/lib/python3.13/EXTERNALLY-MANAGED
Si simplemente lo elimina, vuelve a aparecer cuando se actualiza o se
reinstala el paquete que lo contiene.

Para desactivar la protección en esta versión de Python hasta que usted
vuelva a activarla (como root):
    $ dpkg-divert --local --rename --add /usr/lib/python3.13/EXTERNALLY-MANAGED
Para volver a activarla:
    $ dpkg-divert --local --rename --remove /usr/lib/python3.13/EXTERNALLY-MANAGED

En una imagen, se puede hacer que el gestor de paquetes no instale la
protección, tampoco en versiones posteriores de Python. Antes de que se
instale Python, añada lo siguiente al archivo indicado en primer lugar:
    /etc/dpkg/dpkg.cfg.d/externally-managed
    path-exclude=/usr/lib/python3*/EXTERNALLY-MANAGED

Quien construya una imagen para otras personas debería mantener la
protección, ya que los usuarios de esa imagen son quienes más se
benefician de ella.

Cómo anular el rechazo y qué riesgo conlleva
--------------------------------------------

Esta opción de pip y de uv anula el rechazo una sola vez:
    --break-system-packages
Los programas de Debian pueden dejar de funcionar, y también el propio
gestor de paquetes. Use esta opción solo en un sistema del que pueda
prescindir, como una imagen que pueda volver a construir.

Lo mismo para todo lo que se ejecute en un intérprete de comandos o en
una imagen (solo pip):
    PIP_BREAK_SYSTEM_PACKAGES=1
Lo mismo para todos los usuarios, hasta que lo deshaga con el segundo de
los comandos siguientes (solo pip, como root):
    $ pip config --global set global.break-system-packages true
    $ pip config --global unset global.break-system-packages
Para encontrar ajustes de este tipo que hayan quedado olvidados:
    $ pip config list
Para encontrar la opción en scripts:
    $ grep -rn break-system-packages .

Incluso con el rechazo anulado, pip puede negarse a desinstalar los
paquetes de Debian, porque no tienen una lista de sus propios archivos
que pip pueda leer.

Solución de problemas
---------------------

Compruebe primero qué pip se ejecuta y para qué Python:
    $ pip --version
Un pip anterior a la versión 23.0 no conoce la protección y modifica
este Python sin avisar. No deje que el pip de Debian se actualice a sí
mismo, porque se perderían los cambios que Debian hace en él.

Si aparece el rechazo aunque haya un entorno virtual activo, es probable
que el entorno se haya movido o haya cambiado de nombre: su propio pip
ya no se inicia y en su lugar se ejecuta otro. Vuelva a crear el entorno
en la nueva ubicación:
    $ .venv/bin/python -m pip freeze > requirements.txt
    $ python3 -m venv --clear .venv
    $ .venv/bin/pip install -r requirements.txt

No copie entornos virtuales: el pip de la copia instala los paquetes en
el entorno original. En un sistema de archivos que no permite ejecutar
programas (noexec), el rechazo aparece aunque haya un entorno activo.
Cree el entorno en otro lugar. Si no tiene permiso para escribir en un
entorno, consulte a la persona que lo creó, o bien cree uno propio.
